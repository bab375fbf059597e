// Writes a recording by MCAP's own library, with messages that ROS's and Protocol Buffers' libraries wrote.
//   node mcap.mjs FILE.mcap none|lz4|zstd|unchunked
// Definitions of ROS's messages are those of @foxglove/rosmsg-msgs-common; those of Foxglove's are of foxglove-sdk (schemas/proto/foxglove, MIT), as far as the messages use them.
import { writeFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { crc32 } from '@foxglove/crc'
import { MessageWriter as Ros1Writer } from '@foxglove/rosmsg-serialization'
import { MessageWriter as Ros2Writer } from '@foxglove/rosmsg2-serialization'
import msgs from '@foxglove/rosmsg-msgs-common'
import zstd from '@foxglove/wasm-zstd'
import { McapWriter } from '@mcap/core'
import * as lz4 from 'lz4js'
import protobuf from 'protobufjs'

await zstd.isLoaded
const [file, compression] = process.argv.slice(2)

function png(width, height, grey) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [head, tail] = [Buffer.alloc(4), Buffer.alloc(4)]
    head.writeUInt32BE(data.length)
    tail.writeUInt32BE(crc32(body))
    return Buffer.concat([head, body, tail])
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width)
  size.writeUInt32BE(height, 4)
  size[8] = 8
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), chunk('IHDR', size), chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height, grey).map((v, i) => (i % (width + 1) ? v : 0)))), chunk('IEND', Buffer.alloc(0))])
}

// Three points of 20 bytes: x, y, z, a gap, an intensity.
const points = [[1, 2, 3, 7], [-1.5, 0.25, 1e3, 255], [10, 20, 30, 0]]
const packed = Buffer.alloc(60)
points.forEach(([x, y, z, i], n) => { packed.writeFloatLE(x, 20 * n); packed.writeFloatLE(y, 20 * n + 4); packed.writeFloatLE(z, 20 * n + 8); packed.writeUInt8(i, 20 * n + 16) })
const field = (name, offset, datatype) => ({ name, offset, datatype, count: 1 })
const cloud = { height: 1, width: 3, fields: [field('x', 0, 7), field('y', 4, 7), field('z', 8, 7), field('intensity', 16, 2)], is_bigendian: false, point_step: 20, row_step: 60, data: packed, is_dense: true }

function definitions(of, name) {
  const found = new Map()
  const add = (type) => {
    if (found.has(type)) return
    found.set(type, of[type])
    for (const each of of[type].definitions) if (each.isComplex) add(each.type)
  }
  add(name)
  return [...found.values()]
}

const { root } = protobuf.parse(`
syntax = "proto3";
package foxglove;
message Timestamp { int64 seconds = 1; int32 nanos = 2; }
message CompressedImage { Timestamp timestamp = 1; string frame_id = 4; bytes data = 2; string format = 3; string message_id = 100; }
message PackedElementField { string name = 1; fixed32 offset = 2; int32 type = 3; }
message Vector3 { double x = 1; double y = 2; double z = 3; }
message Quaternion { double x = 1; double y = 2; double z = 3; double w = 4; }
message Pose { Vector3 position = 1; Quaternion orientation = 2; }
message KeyValuePair { string key = 1; string value = 2; }
message CubePrimitive { Pose pose = 1; Vector3 size = 2; }
message SpherePrimitive { Pose pose = 1; Vector3 size = 2; }
message SceneEntity { Timestamp timestamp = 1; string frame_id = 2; string id = 3; bool frame_locked = 5; repeated KeyValuePair metadata = 6; repeated CubePrimitive cubes = 8; repeated SpherePrimitive spheres = 9; }
message SceneEntityDeletion { Timestamp timestamp = 1; int32 type = 2; string id = 3; }
message SceneUpdate { repeated SceneEntityDeletion deletions = 1; repeated SceneEntity entities = 2; }
message PointCloud { Timestamp timestamp = 1; string frame_id = 2; Pose pose = 3; fixed32 point_stride = 4; repeated PackedElementField fields = 5; bytes data = 6; }
`, { keepCase: true })
const proto = (name, message) => { const type = root.lookupType(`foxglove.${name}`); return type.encode(type.fromObject(message)).finish() }
const json = (value) => Buffer.from(JSON.stringify(value))
const stamp2 = { stamp: { sec: 1700000000, nanosec: 5 }, frame_id: '' }
const ros2 = (name, message) => new Ros2Writer(definitions(msgs.ros2humble, name)).writeMessage(message)
const ros1 = (name, message) => new Ros1Writer(definitions(msgs.ros1, name)).writeMessage(message)

const chunks = []
let position = 0n
const writable = { position: () => position, write: async (bytes) => { chunks.push(Buffer.from(bytes)); position += BigInt(bytes.length) } }
const compressors = {
  lz4: (data) => ({ compression: 'lz4', compressedData: lz4.compress(data) }),
  zstd: (data) => ({ compression: 'zstd', compressedData: zstd.compress(data, 3) }),
}
const writer = new McapWriter({ writable, useChunks: compression !== 'unchunked', chunkSize: 700, compressChunk: compressors[compression] })
await writer.start({ profile: 'ros2', library: 'tests' })

async function channel(topic, messageEncoding, schemaName, schemaEncoding) {
  const schemaId = schemaName ? await writer.registerSchema({ name: schemaName, encoding: schemaEncoding, data: Buffer.from(`# ${schemaName}`) }) : 0
  return writer.registerChannel({ topic, messageEncoding, schemaId, metadata: new Map([['made', 'by a test']]) })
}

const front = await channel('/camera/front/compressed', 'cdr', 'sensor_msgs/msg/CompressedImage', 'ros2msg')
const left = await channel('/camera/left', 'protobuf', 'foxglove.CompressedImage', 'protobuf')
const right = await channel('/camera/right', 'json', 'foxglove.CompressedImage', 'jsonschema')
const rear = await channel('/camera/../rear cam', 'ros1', 'sensor_msgs/CompressedImage', 'ros1msg')
const lidar = await channel('/lidar/points', 'cdr', 'sensor_msgs/msg/PointCloud2', 'ros2msg')
const lidar1 = await channel('/lidar/ros1', 'ros1', 'sensor_msgs/PointCloud2', 'ros1msg')
const lidar2 = await channel('/lidar/foxglove', 'protobuf', 'foxglove.PointCloud', 'protobuf')
const scene = await channel('/objects', 'protobuf', 'foxglove.SceneUpdate', 'protobuf')
const imu = await channel('/imu', 'json')

let sequence = 0
const start = 1700000000000000000n
const put = (channelId, milliseconds, data) => writer.addMessage({ channelId, sequence: sequence++, logTime: start + BigInt(milliseconds) * 1000000n, publishTime: start + BigInt(milliseconds) * 1000000n - 7n, data })

await put(front, 0, ros2('sensor_msgs/CompressedImage', { header: { ...stamp2, frame_id: 'front_optical' }, format: 'png', data: png(8, 6, 1) }))
await put(front, 100, ros2('sensor_msgs/CompressedImage', { header: { ...stamp2, frame_id: 'front' }, format: 'rgb8; png compressed', data: png(8, 6, 2) }))
await put(front, 100, ros2('sensor_msgs/CompressedImage', { header: stamp2, format: 'png', data: png(8, 6, 3) }))
await put(left, 10, proto('CompressedImage', { timestamp: { seconds: 1700000000, nanos: 10 }, frame_id: 'left_optical', data: png(4, 3, 4), format: 'png', message_id: 'm-1' }))
await put(right, 20, json({ timestamp: { sec: 1700000000, nsec: 20 }, frame_id: 'right_optical', data: png(5, 7, 5).toString('base64'), format: 'png' }))
await put(rear, 30, ros1('sensor_msgs/CompressedImage', { header: { seq: 9, stamp: { sec: 1700000000, nsec: 30 }, frame_id: 'rear_optical' }, format: 'png', data: png(9, 9, 6) }))
await put(lidar, 40, ros2('sensor_msgs/PointCloud2', { header: { ...stamp2, frame_id: 'lidar_top' }, ...cloud }))
await put(lidar1, 50, ros1('sensor_msgs/PointCloud2', { header: { seq: 1, stamp: { sec: 1700000000, nsec: 50 }, frame_id: 'velodyne' }, ...cloud }))
await put(lidar2, 60, proto('PointCloud', { frame_id: 'base', pose: { position: { x: 1 }, orientation: { w: 1 } }, point_stride: 20, fields: [{ name: 'x', offset: 0, type: 7 }, { name: 'y', offset: 4, type: 7 }, { name: 'z', offset: 8, type: 7 }, { name: 'intensity', offset: 16, type: 1 }], data: packed }))
const at = (x, y, z) => ({ position: { x, y, z }, orientation: { z: Math.SQRT1_2, w: Math.SQRT1_2 } })
await put(scene, 70, proto('SceneUpdate', {
  deletions: [{ type: 1 }],
  entities: [
    { frame_id: 'base_link', id: 'car-1', metadata: [{ key: 'class', value: 'car' }, { key: 'state', value: 'parked' }], cubes: [{ pose: at(10, 1, 0.75), size: { x: 4, y: 2, z: 1.5 } }], spheres: [{ size: { x: 1, y: 1, z: 1 } }] },
    { frame_id: 'map', id: 'sign', cubes: [{ pose: { position: { x: 100 } }, size: { x: 0.5, y: 0.5, z: 1 } }, { pose: at(0, 0, 0), size: { x: 1, y: 0, z: 1 } }] },
  ],
}))
for (let i = 0; i < 50; i++) await put(imu, 200 + i, json({ acceleration: [0, 0, 9.81], step: i }))
await put(left, 300, Buffer.from([0x12, 0xff]))
await writer.addAttachment({ name: 'calib.yaml', mediaType: 'text/yaml', logTime: start, createTime: start, data: Buffer.from('fx: 1000\n') })
await writer.addMetadata({ name: 'drive', metadata: new Map([['driver', 'nobody'], ['place', 'nowhere']]) })
await writer.end()
writeFileSync(file, Buffer.concat(chunks))
