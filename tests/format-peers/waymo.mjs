// Writes frames of the Waymo Open Dataset by protobufjs, in TensorFlow's framing of records.
//   node waymo.mjs FILE.tfrecord
// Messages and numbers of fields are those of dataset.proto, label.proto, protos/keypoint.proto and protos/vector.proto (github.com/waymo-research/waymo-open-dataset, Apache License 2.0), as far as the frames use them.
import { writeFileSync } from 'node:fs'
import protobuf from 'protobufjs'

const { root } = protobuf.parse(`
syntax = "proto2";
message Vector2d { optional double x = 1; optional double y = 2; }
message Transform { repeated double transform = 1; }
message KeypointVisibility { optional bool is_occluded = 1; }
message Keypoint2d { optional Vector2d location_px = 1; optional KeypointVisibility visibility = 2; }
message CameraKeypoint { optional int32 type = 1; optional Keypoint2d keypoint_2d = 2; }
message CameraKeypoints { repeated CameraKeypoint keypoint = 1; }
message Box { optional double center_x = 1; optional double center_y = 2; optional double center_z = 3; optional double length = 5; optional double width = 4; optional double height = 6; optional double heading = 7; }
message Metadata { optional double speed_x = 1; optional double speed_y = 2; optional double speed_z = 5; optional double accel_x = 3; optional double accel_y = 4; optional double accel_z = 6; }
message Association { optional string laser_object_id = 1; }
message Label {
  optional Box box = 1; optional Metadata metadata = 2; optional int32 type = 3; optional string id = 4; optional int32 detection_difficulty_level = 5; optional int32 tracking_difficulty_level = 6;
  optional int32 num_lidar_points_in_box = 7; optional CameraKeypoints camera_keypoints = 9; optional Association association = 10; optional string most_visible_camera_name = 11; optional Box camera_synced_box = 12;
  optional int32 num_top_lidar_points_in_box = 13;
}
message CameraCalibration { optional int32 name = 1; repeated double intrinsic = 2; optional Transform extrinsic = 3; optional int32 width = 4; optional int32 height = 5; optional int32 rolling_shutter_direction = 6; }
message LaserCalibration { optional int32 name = 1; repeated double beam_inclinations = 2; optional double beam_inclination_min = 3; optional double beam_inclination_max = 4; optional Transform extrinsic = 5; }
message ObjectCount { optional int32 type = 1; optional int32 count = 2; }
message Stats { repeated ObjectCount laser_object_counts = 1; repeated ObjectCount camera_object_counts = 5; optional string time_of_day = 2; optional string location = 3; optional string weather = 4; }
message Context { optional string name = 1; repeated CameraCalibration camera_calibrations = 2; repeated LaserCalibration laser_calibrations = 3; optional Stats stats = 4; }
message Velocity { optional float v_x = 1; optional float v_y = 2; }
message CameraImage { optional int32 name = 1; optional bytes image = 2; optional Transform pose = 3; optional Velocity velocity = 4; optional double pose_timestamp = 5; optional double shutter = 6; }
message CameraLabels { optional int32 name = 1; repeated Label labels = 2; }
message RangeImage { optional bytes range_image_compressed = 2; }
message Laser { optional int32 name = 1; optional RangeImage ri_return1 = 2; }
message Frame {
  optional Context context = 1; optional int64 timestamp_micros = 2; optional Transform pose = 3; repeated CameraImage images = 4; repeated Laser lasers = 5; repeated Label laser_labels = 6;
  repeated CameraLabels projected_lidar_labels = 9; repeated CameraLabels camera_labels = 8;
}
`, { keepCase: true })

const pose = (x, y, z, yaw) => ({ transform: [Math.cos(yaw), -Math.sin(yaw), 0, x, Math.sin(yaw), Math.cos(yaw), 0, y, 0, 0, 1, z, 0, 0, 0, 1] })
const context = {
  name: '1005081002024129653_5313_150_5333_150',
  camera_calibrations: [
    { name: 1, intrinsic: [2000, 2000, 960, 640, 0.04, -0.3, 0.001, 0.002, 0], extrinsic: pose(1.5, 0, 2, 0), width: 1920, height: 1280, rolling_shutter_direction: 4 },
    { name: 4, intrinsic: [2100, 2100, 960, 443, 0, 0, 0, 0, 0], extrinsic: pose(1.4, 0.1, 2, Math.PI / 2), width: 1920, height: 886 },
  ],
  laser_calibrations: [{ name: 1, beam_inclinations: [-0.3, 0, 0.04], beam_inclination_min: -0.3, beam_inclination_max: 0.04, extrinsic: pose(1.43, 0, 2.18, 0.1) }],
  stats: { laser_object_counts: [{ type: 1, count: 1 }], time_of_day: 'Day', location: 'location_phx', weather: 'sunny' },
}
const car = {
  box: { center_x: 10, center_y: 0, center_z: 1, length: 4, width: 2, height: 1.5, heading: 0 }, metadata: { speed_x: 3.5, speed_y: -0.25, accel_x: 0.125 }, type: 1, id: 'car-1',
  num_lidar_points_in_box: 120, num_top_lidar_points_in_box: 100, detection_difficulty_level: 2, most_visible_camera_name: 'FRONT', camera_synced_box: { center_x: 10.1, center_y: 0, center_z: 1, length: 4, width: 2, height: 1.5, heading: 0 },
}
const person = { box: { center_x: 5, center_y: -3, center_z: 0.9, length: 0.8, width: 0.6, height: 1.8, heading: -1.25 }, type: 2, id: 'person-1', num_lidar_points_in_box: 7 }
const keypoint = (type, x, y, is_occluded) => ({ type, keypoint_2d: { location_px: { x, y }, visibility: { is_occluded } } })
const frames = [
  {
    context, timestamp_micros: 1550083467346370, pose: pose(100, 200, 0, Math.PI / 2),
    images: [{ name: 1, image: Buffer.from('a picture of the front'), pose: pose(100, 200.5, 0, Math.PI / 2), velocity: { v_x: 0, v_y: 5 }, pose_timestamp: 1550083467.35, shutter: 0.01 }],
    lasers: [{ name: 1, ri_return1: { range_image_compressed: Buffer.alloc(500, 7) } }],
    laser_labels: [car, person],
    projected_lidar_labels: [{ name: 1, labels: [{ box: { center_x: 960, center_y: 950, length: 600, width: 500 }, type: 1, id: 'car-1_FRONT' }] }],
    camera_labels: [
      { name: 1, labels: [
        { box: { center_x: 960, center_y: 956.5, length: 666, width: 533 }, type: 1, id: 'car-front', tracking_difficulty_level: 1 },
        { box: { center_x: 1500, center_y: 700, length: 80, width: 200 }, type: 2, id: 'person-front', association: { laser_object_id: 'person-1' }, camera_keypoints: { keypoint: [keypoint(1, 1500, 610, false), keypoint(13, 1480, 640, true)] } },
      ] },
      { name: 4, labels: [] },
    ],
  },
  { context, timestamp_micros: 1550083467446370, pose: pose(100, 201, 0, Math.PI / 2), laser_labels: [{ ...car, box: { ...car.box, height: 0 } }], camera_labels: [{ name: 1, labels: [{ box: { center_x: 30, center_y: 40, length: 20, width: 10 }, type: 3, id: 'sign-1' }] }] },
]

const table = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0x82f63b78 : c >>> 1; return c >>> 0 })
function masked(bytes) {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff]
  crc = (crc ^ 0xffffffff) >>> 0
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}

const Frame = root.lookupType('Frame')
const chunks = []
for (const frame of frames) {
  const fault = Frame.verify(frame)
  if (fault) throw new Error(fault)
  const data = Frame.encode(Frame.fromObject(frame)).finish()
  const head = Buffer.alloc(12)
  head.writeBigUInt64LE(BigInt(data.length))
  head.writeUInt32LE(masked(head.subarray(0, 8)), 8)
  const tail = Buffer.alloc(4)
  tail.writeUInt32LE(masked(data))
  chunks.push(head, data, tail)
}
writeFileSync(process.argv[2], Buffer.concat(chunks))
