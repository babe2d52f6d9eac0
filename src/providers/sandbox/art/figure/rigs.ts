import type { Build, Look, Rig } from './types.ts';

const rigs: Record<Build, Rig> = {
  small: { headRadius: 124, headY: -338, shoulderY: -240, shoulderX: 46, hipY: -112, hipX: 66, arm: [54, 50], leg: [50, 54], armWidth: 42, legWidth: 54, height: 470 },
  child: { headRadius: 116, headY: -462, shoulderY: -352, shoulderX: 50, hipY: -196, hipX: 50, arm: [74, 68], leg: [92, 92], armWidth: 36, legWidth: 46, height: 585 },
  adult: { headRadius: 100, headY: -570, shoulderY: -470, shoulderX: 66, hipY: -268, hipX: 56, arm: [100, 94], leg: [126, 130], armWidth: 38, legWidth: 50, height: 680 },
  elder: { headRadius: 106, headY: -475, shoulderY: -374, shoulderX: 60, hipY: -190, hipX: 66, arm: [84, 76], leg: [86, 88], armWidth: 38, legWidth: 50, height: 590 },
  big: { headRadius: 118, headY: -560, shoulderY: -470, shoulderX: 96, hipY: -200, hipX: 112, arm: [112, 96], leg: [92, 96], armWidth: 62, legWidth: 74, height: 690 },
};

export const rigOf = (look: Look): Rig => rigs[look.build];
