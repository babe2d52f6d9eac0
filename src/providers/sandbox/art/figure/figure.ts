import type { Pen } from '../kit/pen.ts';
import { at, cel, fill, group, n } from '../kit/pen.ts';
import { ellipse } from '../kit/shapes.ts';
import { animalHead } from './animalHead.ts';
import { apron, lowerGarment, torso } from './clothes.ts';
import { backpack, cape, scarf, straps, tail, wings } from './extras.ts';
import { hairBehind, hairInFront } from './hair.ts';
import { hat } from './hats.ts';
import { humanFace, humanProfile } from './humanHead.ts';
import { arm, armStyle, leg, legStyle } from './limbs.ts';
import type { Joints } from './poses.ts';
import { jointsOf } from './poses.ts';
import { rigOf } from './rigs.ts';
import { alienCrown, ghostBody, robotHead } from './robot.ts';
import type { Expression, Look, PoseName, Rig, View } from './types.ts';

export interface Acting {
  view: View;
  pose: PoseName;
  expression: Expression;
  /** A small thing in the far hand, drawn around (0,0). */
  holding?: string;
}

export const figureHeight = (look: Look): number => rigOf(look).height;

const turns: Record<View, number> = { front: 0, quarter: 0.55, side: 1, back: 0 };

function headFeatures(pen: Pen, look: Look, view: View, expression: Expression): string {
  const turn = turns[view];
  const back = view === 'back';
  if (look.species === 'robot') return robotHead(pen, look, turn * 0.8, expression, back);
  if (look.species === 'alien') return alienCrown(pen, look) + animalHead(pen, look, turn * 0.7, expression, back);
  if (look.species !== 'human') return animalHead(pen, look, turn, expression, back);
  if (back) return cel(pen, ellipse(0, -6, 90, 96), look.skin);
  return view === 'side' ? humanProfile(pen, look, expression) : humanFace(pen, look, turn, expression);
}

function head(pen: Pen, look: Look, rig: Rig, joints: Joints, acting: Acting): string {
  const human = look.species === 'human';
  const features = headFeatures(pen, look, acting.view, acting.expression);
  const hair = human ? hairInFront(pen, look, acting.view, turns[acting.view]) : '';
  const body = features + hair + hat(pen, look, acting.view);
  return at(0, rig.headY, rig.headRadius / 100, group(`rotate(${n(joints.headTilt)} 0 90)`, body));
}

function behindBody(pen: Pen, look: Look, rig: Rig, joints: Joints, view: View): string {
  const hair = look.species === 'human' ? hairBehind(pen, look, view) : '';
  const hairGroup = at(0, rig.headY, rig.headRadius / 100, group(`rotate(${n(joints.headTilt * 0.5)} 0 90)`, hair));
  if (view === 'back') return '';
  return (
    wings(pen, look, rig, view) +
    cape(pen, look, rig, view) +
    tail(pen, look, rig, view) +
    backpack(pen, look, rig, view) +
    hairGroup
  );
}

function overBack(pen: Pen, look: Look, rig: Rig, view: View): string {
  if (view !== 'back') return '';
  return (
    wings(pen, look, rig, view) +
    tail(pen, look, rig, view) +
    cape(pen, look, rig, view) +
    backpack(pen, look, rig, view)
  );
}

function neck(pen: Pen, look: Look, rig: Rig): string {
  if (look.species !== 'human') return '';
  return cel(
    pen,
    `M-20 ${n(rig.shoulderY - 40)}H20L24 ${n(rig.shoulderY + 4)}Q0 ${n(rig.shoulderY + 16)} -24 ${n(rig.shoulderY + 4)}Z`,
    look.skin,
    { depth: 6 },
  );
}

const onTop: readonly PoseName[] = ['think', 'shiver', 'hold', 'hug'];
const spreadOut: readonly PoseName[] = ['cheer', 'jump'];

function clothedBody(pen: Pen, look: Look, rig: Rig, joints: Joints, view: View, sitting: boolean): string {
  const legs = legStyle(look);
  return (
    leg(pen, rig, joints.farLeg, view, legs, 1) +
    leg(pen, rig, joints.nearLeg, view, legs, -1) +
    neck(pen, look, rig) +
    torso(pen, look, rig, view) +
    lowerGarment(pen, look, rig, view, sitting) +
    apron(pen, look, rig, view) +
    straps(pen, look, rig, view)
  );
}

/** Raised arms lie over head and body, hanging ones behind the body seen from the front, one before and one behind it seen turned. */
function bodyParts(pen: Pen, look: Look, rig: Rig, joints: Joints, acting: Acting): string {
  const { view, pose } = acting;
  const style = armStyle(look);
  const held = acting.holding ? at(joints.farArm[2][0], joints.farArm[2][1], 1, acting.holding) : '';
  const far = arm(pen, rig, joints.farArm, style) + held;
  const near = arm(pen, rig, joints.nearArm, style);
  const turned = view === 'side' || view === 'quarter';
  const body = clothedBody(pen, look, rig, joints, view, pose === 'sit');
  const top = scarf(pen, look, rig, view) + head(pen, look, rig, joints, acting);
  if (onTop.includes(pose) && view !== 'back') return body + top + far + near;
  if (spreadOut.includes(pose) && view !== 'back') return far + near + body + top;
  if (turned) return far + body + near + top;
  return far + near + body + overBack(pen, look, rig, view) + top;
}

function shadow(width: number): string {
  return fill(ellipse(6, 2, width, width * 0.17), '#2a2050', 0.26);
}

/** A whole character, feet at (0,0), looking towards +x where it is turned. */
export function drawFigure(pen: Pen, look: Look, acting: Acting): string {
  if (look.species === 'ghost')
    return shadow(90) + at(0, -40, 1, ghostBody(pen, look, acting.expression, acting.view === 'back'));
  const rig = rigOf(look);
  const joints = jointsOf(acting.pose, rig, acting.view);
  const body = behindBody(pen, look, rig, joints, acting.view) + bodyParts(pen, look, rig, joints, acting);
  return shadow(rig.hipX * 1.9) + group(`translate(0 ${n(joints.drop)}) rotate(${n(joints.lean)})`, body);
}
