using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Touchstone.Commands;
using Touchstone.Terminal;
using Touchstone.Testing;

namespace Touchstone.Tests.Cli;

/// <summary>What people type by mistake: told in a line, with the exit code that says whose fault it was.</summary>
public sealed class MisuseTests
{
    public static TheoryData<string, string> Misuses => new()
    {
        { "bogus", "'bogus'" },
        { "serve extra", "'extra'" },
        { "serve --urls nonsense", "--urls: expected an address" },
        { "serve --urls http://127.0.0.1:99999", "with a port up to 65535" },
        { "serve --urls https://127.0.0.1:5080", "leaves TLS to a proxy" },
        { "serve --urls http://127.0.0.1:5080/path", "without a path" },
        { "serve --urls ;", "found nothing" },
        { "demo --urls nonsense", "--urls: expected an address" },
        { "demo --urls https://127.0.0.1:0", "leaves TLS to a proxy" },
        { "serve --data {0}/d --database nonsense", "--database cannot be read" },
        { "serve --data {0}/d --database Port=5432", "names no host" },
        { "serve --data {0}/d --database Host=db;Port=many", "--database cannot be read" },
        { "import", "'PROJECT' missing" },
        { "import a", "missing" },
        { "import p {0} --server nonsense --key k", "--server: expected an address" },
        { "import p {0} --server ftp://127.0.0.1 --key k", "--server: expected an address" },
        { "import p {0} --server http://127.0.0.1:1 --key two\nlines", "The API key holds characters" },
        { "import p {0} --server http://127.0.0.1:1 --key k --database Host=db", "exclude each other" },
        { "import p {0} --database nonsense", "--database cannot be read" },
        { "release p", "--out" },
        { "release p --out {0}/x --images all", "--images: expected reference or copy; found \"all\"" },
        { "release p --out {0}/x --number many", "many" },
        { "verify", "'RELEASE' missing" },
        { "admin user create", "'NAME' missing" },
        { "admin user create n --role 7", "--role: expected contributor, reviewer, manager or owner; found \"7\"" },
        { "admin user create n --role Owner", "--role: expected" },
        { "admin user create \u0001 --data {0}/d", "no control characters" },
        { "admin key create --days 0", "--days: expected a whole number from 1 to 36500, found 0" },
        { "admin key create --days 2147483647", "--days: expected" },
        { "admin key create --days soon", "soon" },
        { "admin restore", "'FOLDER' missing" },
    };

    public static TheoryData<string, string> Failures => new()
    {
        { "import p {0}/nowhere", "There is no folder or file" },
        { "import p {0} --data {0}/none", "holds no Touchstone database" },
        { "import p {0} --server http://127.0.0.1:1 --key k", "No answer from http://127.0.0.1:1/api/v1/" },
        { "import p {0} --server http://no.such.host.invalid --key k", "No answer from http://no.such.host.invalid/api/v1/" },
        { "demo --no-serve --data {0}/x --out {0}/x", "--data and --out: expected two folders" },
        { "demo --no-serve --data {0}/x/data --out {0}/x/", "--data and --out: expected two folders" },
        { "release p --out {0}/x --data {0}/none", "holds no Touchstone database" },
        { "release p --out {0}/file", "is a file" },
        { "verify {0}/none", "There is no folder" },
        { "admin user list --data {0}/none", "touchstone admin user list: " },
        { "admin user list --data {0}/bad", "is no SQLite database" },
        { "admin user list --data {0}/blank", "holds no Touchstone tables yet" },
        { "admin user link nobody@example.org --data {0}/good", "There is nobody with the e-mail address" },
        { "admin key create --data {0}/ownerless", "has no owner yet" },
        { "admin key revoke ts_none --data {0}/good", "There is no good key" },
        { "admin project create {0}/none.yaml --data {0}/good", "There is no file" },
        { "admin project create {0} --data {0}/good", "is a folder" },
        { "admin project create {0}/bytes.yaml --data {0}/good", "One thing in the request is wrong" },
        { "admin project create {0}/broken.yaml --data {0}/good", "wrong" },
        { "admin backup {0}/b --data {0}/none", "holds no Touchstone database" },
        { "admin restore {0}/none", "There is no folder" },
        { "serve --data {0}/file", "cannot be made or written" },
        { "serve --data {0}/bad", "is no SQLite database" },
        { "serve --data {0}/d --database Host=127.0.0.1;Port=1", "PostgreSQL cannot be used: Failed to connect to 127.0.0.1:1." },
        { "serve --data {0}/d --urls http://192.0.2.1:5080", "cannot listen on http://192.0.2.1:5080" },
    };

    [Theory]
    [MemberData(nameof(Misuses))]
    public async Task Misuse_ends_with_2(string line, string words)
    {
        using var folder = new TemporaryFolder();
        (await CommandRun.OfAsync(Arguments(line, folder))).Refused(ExitCode.Misuse, words);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Failures_end_with_1_and_say_in_a_line_what_to_look_at()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["bad"]);
        await File.WriteAllTextAsync(folder["bad/touchstone.db"], string.Concat(Enumerable.Repeat("this is no database ", 100)), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder["blank"]);
        await File.WriteAllBytesAsync(folder["blank/touchstone.db"], [], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["file"], "", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["bytes.yaml"], [0xFF, 0xFE, 0x80], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["broken.yaml"], "name: [", TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("admin", "user", "create", "Ada", "--role", "owner", "--data", folder["good"])).Expect(ExitCode.Done);
        (await CommandRun.OfAsync("admin", "user", "create", "Ben", "--data", folder["ownerless"])).Expect(ExitCode.Done);
        foreach (var row in Failures)
        {
            var (line, words) = row.Data;
            var run = await CommandRun.OfAsync(Arguments(line, folder)).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            run.Refused(ExitCode.Failed, words);
        }
    }

    [Fact]
    public async Task A_taken_port_is_told()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        (await CommandRun.OfAsync("serve", "--data", folder.Path, "--urls", $"http://{other.LocalEndpoint}")).Refused(ExitCode.Failed, $"http://{other.LocalEndpoint}: address already in use");
    }

    [Fact]
    public async Task Something_else_than_a_Touchstone_server_is_recognised()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var answering = AnswerAsync(other, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\nConnection: close\r\n\r\n<html>Hi</html>");
        (await CommandRun.OfAsync("admin", "project", "list", "--server", $"http://{other.LocalEndpoint}", "--key", "k")).Refused(ExitCode.Failed, "is a Touchstone server there?");
        await answering;
    }

    [Fact]
    public async Task Help_of_every_verb_goes_to_standard_output_and_holds_no_key()
    {
        foreach (var path in Leaves(TouchstoneCommand.Make(), []))
        {
            var help = (await CommandRun.OfAsync([.. path, "--help"])).Expect(ExitCode.Done);
            Assert.Contains("Examples:\n  ", help.Output, StringComparison.Ordinal);
            Assert.Equal("", help.Error);
        }

        (await CommandRun.OfAsync()).Refused(ExitCode.Misuse, "Commands:", "serve");
        (await CommandRun.OfAsync("admin")).Refused(ExitCode.Misuse, "Commands:", "backup");
        Assert.Matches(@"^\d+\.\d+\.\d+", (await CommandRun.OfAsync("--version")).Expect(ExitCode.Done).Output);
    }

    private static string[] Arguments(string line, TemporaryFolder folder) => [.. line.Split(' ').Select(a => a.Replace("{0}", folder.Path, StringComparison.Ordinal))];

    private static IEnumerable<string[]> Leaves(Command command, string[] path) =>
        command.Subcommands.Count == 0 ? [path] : command.Subcommands.SelectMany(c => Leaves(c, [.. path, c.Name]));

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var buffer = new byte[4096];
        _ = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
    }
}
