import type { Point } from '../kit/shapes.ts';
import type { PoseName, Rig, View } from './types.ts';

/** Degrees from hanging straight down, positive forwards (or outwards, seen from the front); then the bend of the second bone. */
type Limb = readonly [number, number];

interface Pose {
  /** `near` is the arm or leg at the viewer's left. */
  nearArm: Limb;
  farArm: Limb;
  nearLeg: Limb;
  farLeg: Limb;
  lean: number;
  headTilt: number;
  /** Off the ground, in figure units. */
  hop: number;
}

const standing: Pose = {
  nearArm: [14, 6],
  farArm: [14, 6],
  nearLeg: [3, 0],
  farLeg: [3, 0],
  lean: 0,
  headTilt: 0,
  hop: 0,
};

const poses: Record<PoseName, Pose> = {
  stand: standing,
  walk: {
    ...standing,
    nearArm: [-30, 14],
    farArm: [34, 20],
    nearLeg: [26, -8],
    farLeg: [-24, -14],
    lean: 3,
    headTilt: 2,
  },
  run: {
    ...standing,
    nearArm: [-52, 70],
    farArm: [58, 62],
    nearLeg: [56, -40],
    farLeg: [-42, -52],
    lean: 11,
    headTilt: -3,
    hop: 14,
  },
  wave: { ...standing, farArm: [106, 34], headTilt: -5 },
  point: { ...standing, farArm: [100, 2], nearArm: [10, 30], lean: -2 },
  cheer: { ...standing, nearArm: [106, 24], farArm: [106, 24], hop: 6, headTilt: -4 },
  reach: { ...standing, farArm: [126, -6], nearArm: [-16, 10], lean: 5, headTilt: -8 },
  hold: { ...standing, nearArm: [-8, 56], farArm: [-6, 58] },
  think: { ...standing, nearArm: [20, 40], farArm: [24, 128], headTilt: 7 },
  sit: { ...standing, nearArm: [16, 20], farArm: [18, 26], nearLeg: [76, 10], farLeg: [66, 16], lean: -4 },
  shiver: { ...standing, nearArm: [4, 88], farArm: [4, 100], lean: 4, headTilt: 6, nearLeg: [-2, 0], farLeg: [4, -4] },
  jump: {
    ...standing,
    nearArm: [110, 20],
    farArm: [116, 16],
    nearLeg: [40, -66],
    farLeg: [-18, -48],
    hop: 74,
    lean: -3,
  },
  hug: { ...standing, nearArm: [52, 28], farArm: [64, 24], lean: 6, headTilt: 8 },
  bow: { ...standing, nearArm: [12, 10], farArm: [12, 10], lean: 16, headTilt: 12 },
};

export interface Joints {
  nearArm: readonly [Point, Point, Point];
  farArm: readonly [Point, Point, Point];
  nearLeg: readonly [Point, Point, Point];
  farLeg: readonly [Point, Point, Point];
  /** Moves the whole figure so that its lowest point stands on y = 0. */
  drop: number;
  lean: number;
  headTilt: number;
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

function bones(
  root: Point,
  [first, bend]: Limb,
  [upper, lower]: readonly [number, number],
  side: number,
): readonly [Point, Point, Point] {
  const middle: Point = [root[0] + side * upper * Math.sin(radians(first)), root[1] + upper * Math.cos(radians(first))];
  const last = first + bend;
  return [
    root,
    middle,
    [middle[0] + side * lower * Math.sin(radians(last)), middle[1] + lower * Math.cos(radians(last))],
  ];
}

/** A step seen from the front: no swing, the lifted leg is foreshortened. */
function frontLeg(
  root: Point,
  [first, bend]: Limb,
  lengths: readonly [number, number],
  side: number,
): readonly [Point, Point, Point] {
  if (first > 60) return [root, [root[0] + side * 16, root[1] + 8], [root[0] + side * 22, root[1] + 30]];
  const lifted = 1 - Math.min(0.5, Math.abs(bend) / 90);
  return bones(root, [5, 0], [lengths[0], lengths[1] * lifted], side);
}

const roundArms: readonly PoseName[] = ['cheer', 'jump'];
/** Both hands meet before the body. */
const inwardArms: readonly PoseName[] = ['hold', 'shiver'];

/** Where every joint of a pose is, for a body of these lengths. */
export function jointsOf(name: PoseName, rig: Rig, view: View): Joints {
  const pose = poses[name];
  const frontal = view === 'front' || view === 'back';
  const spread = frontal || roundArms.includes(name) ? -1 : 1;
  const inward = inwardArms.includes(name);
  const width = view === 'side' ? 0.1 : view === 'quarter' ? 0.88 : 1;
  const shoulder = (side: number): Point => [side * (rig.shoulderX - 12) * width, rig.shoulderY + 22];
  const hip = (side: number): Point => [side * rig.hipX * 0.52 * width, rig.hipY];
  const leg = frontal ? frontLeg : bones;
  const nearLeg = leg(hip(-1), pose.nearLeg, rig.leg, frontal ? -1 : 1);
  const farLeg = leg(hip(1), pose.farLeg, rig.leg, 1);
  const lowest = Math.max(nearLeg[2][1], farLeg[2][1], rig.hipY + rig.legWidth * 0.5);
  return {
    nearArm: bones(shoulder(-1), pose.nearArm, rig.arm, inward ? 1 : spread),
    farArm: bones(shoulder(1), pose.farArm, rig.arm, inward && view !== 'side' ? -1 : 1),
    nearLeg,
    farLeg,
    drop: -lowest - 14 - pose.hop,
    lean: frontal ? pose.lean * 0.2 : pose.lean,
    headTilt: pose.headTilt,
  };
}
