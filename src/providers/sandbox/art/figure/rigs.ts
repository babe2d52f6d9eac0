import type { Build, Look, Rig } from './types.ts';

const rigs: Record<Build, Rig> = {
  small: { headRadius: 124, headY: -338, shoulderY: -240, shoulderX: 46, hipY: -112, hipX: 66, arm: [64, 60], leg: [50, 54], armWidth: 42, legWidth: 54, height: 470 },
  child: { headRadius: 116, headY: -462, shoulderY: -352, shoulderX: 50, hipY: -196, hipX: 50, arm: [74, 68], leg: [92, 92], armWidth: 36, legWidth: 46, height: 585 },
  adult: { headRadius: 110, headY: -536, shoulderY: -432, shoulderX: 62, hipY: -246, hipX: 56, arm: [94, 88], leg: [114, 120], armWidth: 40, legWidth: 52, height: 650 },
  elder: { headRadius: 106, headY: -475, shoulderY: -374, shoulderX: 60, hipY: -190, hipX: 66, arm: [84, 76], leg: [86, 88], armWidth: 38, legWidth: 50, height: 590 },
  big: { headRadius: 118, headY: -560, shoulderY: -470, shoulderX: 96, hipY: -200, hipX: 112, arm: [112, 96], leg: [92, 96], armWidth: 62, legWidth: 74, height: 690 },
};

export const rigOf = (look: Look): Rig => rigs[look.build];
