// Writes a log of Argoverse 2's layout by Apache Arrow's own library: the rows that the data set's guide shows, and a vehicle, a camera and a car put so that what they see can be worked out by hand.
//   node argoverse.mjs FOLDER
// Columns and types are those of the guide (github.com/argoverse/av2-api, guide/src/datasets/sensor.md, MIT); texts are plain in one table and of a dictionary in the other, as both are met.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as arrow from 'apache-arrow'

const [folder] = process.argv.slice(2)
const text = new arrow.Utf8()
const real = new arrow.Float64()
const long = new arrow.Int64()
const code = new arrow.Dictionary(text, new arrow.Int32())

function put(file, columns) {
  const table = new arrow.Table(Object.fromEntries(Object.entries(columns).map(([name, [type, values]]) => [name, arrow.vectorFromArray(values, type)])))
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), arrow.tableToIPC(table, 'file'))
}

const pose = (rows) => Object.fromEntries(['qw', 'qx', 'qy', 'qz', 'tx_m', 'ty_m', 'tz_m'].map((name, i) => [name, [real, rows.map((row) => row[i])]]))
const half = Math.SQRT1_2
const first = 315968867659956000n
const second = 315968867759956000n

put('train/log-1/annotations.feather', {
  timestamp_ns: [long, [first, first, second]],
  track_uuid: [text, ['022c398c', 'car-1', 'car-1']],
  category: [code, ['BOLLARD', 'REGULAR_VEHICLE', 'REGULAR_VEHICLE']],
  length_m: [real, [0.363046, 4, 4]],
  width_m: [real, [0.222484, 2, 2]],
  height_m: [real, [0.74671, 1.5, 1.5]],
  ...pose([
    [0.68, 0, 0, Math.sqrt(1 - 0.68 * 0.68), 25.04, -2.55, 0.01],
    [1, 0, 0, 0, 10, 0, 1],
    [half, 0, 0, half, 12, 1, 1],
  ]),
  num_interior_pts: [long, [10n, 3n, 0n]],
})
put('train/log-1/city_SE3_egovehicle.feather', {
  timestamp_ns: [long, [first, first + 5000000n, second]],
  ...pose([
    [half, 0, 0, half, 100, 200, 0],
    [half, 0, 0, half, 100, 200.5, 0],
    [half, 0, 0, half, 100, 201, 0],
  ]),
})
put('train/log-1/calibration/egovehicle_SE3_sensor.feather', {
  sensor_name: [text, ['ring_front_center', 'up_lidar']],
  ...pose([
    [0.5, -0.5, 0.5, -0.5, 1.5, 0, 1.5],
    [1, 0, 0, 0, 1.35018, 0, 1.64042],
  ]),
})
put('train/log-1/calibration/intrinsics.feather', {
  sensor_name: [text, ['ring_front_center']],
  fx_px: [real, [1000]],
  fy_px: [real, [1000]],
  cx_px: [real, [775]],
  cy_px: [real, [1024]],
  k1: [real, [-0.27]],
  k2: [real, [-0.21]],
  k3: [real, [0.33]],
  height_px: [new arrow.Int32(), [2048]],
  width_px: [new arrow.Int32(), [1550]],
})
put(`train/log-1/sensors/lidar/${first}.feather`, {
  x: [new arrow.Float16(), [-1.291015625, -25.921875, 10, 11.5, 8.5]],
  y: [new arrow.Float16(), [2.9921875, 25.171875, 0.5, -0.75, 0]],
  z: [new arrow.Float16(), [-0.2293701171875, 0.9921875, 1, 1.5, 0.5]],
  intensity: [new arrow.Uint8(), [24, 5, 34, 12, 255]],
  laser_number: [new arrow.Uint8(), [31, 14, 16, 30, 29]],
  offset_ns: [new arrow.Int32(), [3318000, 3318000, 3320303, 3320303, 106989794]],
})
put('test/log-2/city_SE3_egovehicle.feather', { timestamp_ns: [long, [second]], ...pose([[1, 0, 0, 0, 1, 2, 3]]) })
put(`test/log-2/sensors/lidar/${second}.feather`, { x: [new arrow.Float16(), [1]], y: [new arrow.Float16(), [2]], z: [new arrow.Float16(), [3]] })
// The picture that is 5 ms after the first sweep, and one too far from any.
for (const time of [first + 5000000n, first + 50000000n]) {
  mkdirSync(join(folder, 'train/log-1/sensors/cameras/ring_front_center'), { recursive: true })
  writeFileSync(join(folder, `train/log-1/sensors/cameras/ring_front_center/${time}.jpg`), Buffer.from([0xff, 0xd8, 0xff, 0xd9]))
}
