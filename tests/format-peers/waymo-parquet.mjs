// Writes components of the Waymo Open Dataset, version 2, by hyparquet-writer.
//   node waymo-parquet.mjs FOLDER
// Names and types of columns are those of src/waymo_open_dataset/v2 (github.com/waymo-research/waymo-open-dataset, Apache License 2.0).
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'

const segment = '1005081002024129653_5313_150_5333_150'
const folder = process.argv[2]

function put(component, columns) {
  const schema = [{ name: 'root', num_children: columns.length }]
  for (const [name, type] of columns) {
    if (type !== 'MATRIX') schema.push(type === 'STRING' ? { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } : type === 'INT8' ? { name, type: 'INT32', converted_type: 'INT_8', repetition_type: 'OPTIONAL' } : { name, type, repetition_type: 'OPTIONAL' })
    else schema.push({ name, converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 }, { name: 'list', repetition_type: 'REPEATED', num_children: 1 }, { name: 'element', type: 'DOUBLE', repetition_type: 'OPTIONAL' })
  }
  const file = join(folder, 'training', component, `${segment}.parquet`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, Buffer.from(parquetWriteBuffer({ columnData: columns.map(([name, , data]) => ({ name, data })), schema })))
}

const pose = (x, y, z, yaw) => [Math.cos(yaw), -Math.sin(yaw), 0, x, Math.sin(yaw), Math.cos(yaw), 0, y, 0, 0, 1, z, 0, 0, 0, 1]
const [first, second] = [1550083467346370n, 1550083467446370n]
const of = (name, paths, rows) => paths.map(([path, type, pick]) => [`[${name}].${path}`, type, rows.map(pick)])
const keys = (rows, ...columns) => [['key.segment_context_name', 'STRING', rows.map(() => segment)], ...columns.map(([name, type, pick]) => [`key.${name}`, type, rows.map(pick)])]

put('vehicle_pose', [...keys([first, second], ['frame_timestamp_micros', 'INT64', (t) => t]), ['[VehiclePoseComponent].world_from_vehicle.transform', 'MATRIX', [pose(100, 200, 0, Math.PI / 2), pose(100, 201, 0, Math.PI / 2)]]])

const cameras = [[1, 2000, 960, 640, 1920, 1280, pose(1.5, 0, 2, 0)], [4, 2100, 960, 443, 1920, 886, pose(1.4, 0.1, 2, Math.PI / 2)]]
put('camera_calibration', [
  ...keys(cameras, ['camera_name', 'INT8', (c) => c[0]]),
  ...of('CameraCalibrationComponent', [
    ['intrinsic.f_u', 'DOUBLE', (c) => c[1]], ['intrinsic.f_v', 'DOUBLE', (c) => c[1]], ['intrinsic.c_u', 'DOUBLE', (c) => c[2]], ['intrinsic.c_v', 'DOUBLE', (c) => c[3]], ['intrinsic.k1', 'DOUBLE', () => 0.04], ['intrinsic.k2', 'DOUBLE', () => -0.3],
    ['intrinsic.p1', 'DOUBLE', () => 0.001], ['intrinsic.p2', 'DOUBLE', () => 0.002], ['intrinsic.k3', 'DOUBLE', () => 0], ['extrinsic.transform', 'MATRIX', (c) => c[6]], ['width', 'INT32', (c) => c[4]], ['height', 'INT32', (c) => c[5]],
  ], cameras),
])
put('lidar_calibration', [...keys([1], ['laser_name', 'INT8', (n) => n]), ['[LiDARCalibrationComponent].extrinsic.transform', 'MATRIX', [pose(1.43, 0, 2.18, 0.1)]]])
put('stats', [...keys([first], ['frame_timestamp_micros', 'INT64', (t) => t]), ...of('StatsComponent', [['time_of_day', 'STRING', () => 'Day'], ['location', 'STRING', () => 'location_phx'], ['weather', 'STRING', () => 'sunny']], [0])])

const cuboids = [[first, 'car-1', 1, 10, 0, 1, 4, 2, 1.5, 0, 3.5, 120n, 2], [first, 'person-1', 2, 5, -3, 0.9, 0.8, 0.6, 1.8, -1.25, null, 7n, null], [second, 'car-1', 1, 10, 0, 1, 4, 2, 0, 0, 3.5, 120n, 2]]
const size = ['x', 'y', 'z']
put('lidar_box', [
  ...keys(cuboids, ['frame_timestamp_micros', 'INT64', (c) => c[0]], ['laser_object_id', 'STRING', (c) => c[1]]),
  ...of('LiDARBoxComponent', [
    ...size.map((axis, i) => [`box.center.${axis}`, 'DOUBLE', (c) => c[3 + i]]), ...size.map((axis, i) => [`box.size.${axis}`, 'DOUBLE', (c) => c[6 + i]]), ['box.heading', 'DOUBLE', (c) => c[9]], ['type', 'INT8', (c) => c[2]], ['num_lidar_points_in_box', 'INT64', (c) => c[11]],
    ['num_top_lidar_points_in_box', 'INT64', (c) => c[11]], ['speed.x', 'DOUBLE', (c) => c[10]], ['acceleration.x', 'DOUBLE', (c) => (c[10] === null ? null : 0.125)], ['difficulty_level.detection', 'INT8', (c) => c[12]], ['difficulty_level.tracking', 'INT8', (c) => c[12]],
  ], cuboids),
])

const boxes = [[first, 1, 'car-front', 1, 960, 956.5, 666, 533], [second, 4, 'sign-1', 3, 30, 40, 20, 10]]
put('camera_box', [
  ...keys(boxes, ['frame_timestamp_micros', 'INT64', (b) => b[0]], ['camera_name', 'INT8', (b) => b[1]], ['camera_object_id', 'STRING', (b) => b[2]]),
  ...of('CameraBoxComponent', [['box.center.x', 'DOUBLE', (b) => b[4]], ['box.center.y', 'DOUBLE', (b) => b[5]], ['box.size.x', 'DOUBLE', (b) => b[6]], ['box.size.y', 'DOUBLE', (b) => b[7]], ['type', 'INT8', (b) => b[3]], ['difficulty_level.tracking', 'INT8', () => 1]], boxes),
])
