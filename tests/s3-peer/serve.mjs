// A server of S3 over a folder: node serve.mjs FOLDER. Prints its port, and ends when its standard input does.
import crypto from 'node:crypto';
import S3rver from 's3rver';

const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: process.argv[2] });

// s3rver's tokens of listings are of DES, which OpenSSL 3 does not offer any more; triple DES with one key three times is the same.
for (const name of ['createCipheriv', 'createDecipheriv']) {
  const create = crypto[name];
  crypto[name] = (algorithm, key, iv) => (algorithm === 'des' ? create('des-ede3-cbc', Buffer.concat([key, key, key]), iv) : create(algorithm, key, iv));
}

// s3rver does not know If-Match (RFC 9110, 13.1.1), which S3 does. Buckets whose names begin with "plain" are served without it, as some stores do.
server.middleware.unshift(async (context, next) => {
  await next();
  const [wanted, found] = [context.get('If-Match'), context.response.get('ETag')];
  if (!wanted || !found || wanted === found || context.path.startsWith('/plain')) return;
  context.body?.destroy?.();
  context.status = 412;
  context.type = 'application/xml';
  context.body = '<?xml version="1.0"?><Error><Code>PreconditionFailed</Code><Message>At least one of the pre-conditions you specified did not hold</Message></Error>';
});

const { port } = await server.run();
console.log(port);
process.stdin.on('end', () => process.exit()).resume();
