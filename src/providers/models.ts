import type { Config } from '../config.ts';
import type { Ability, ModelInfo, Models } from '../film/models.ts';
import { priceOf } from '../film/prices.ts';
import type { VendorName } from './abilities.ts';
import { createProviders } from './providers.ts';
import { latencySeconds as chatSeconds } from './sandbox/chat.ts';
import { latencySeconds as imageSeconds } from './sandbox/images.ts';
import { latencySeconds as videoSeconds } from './sandbox/videos.ts';

type Settings = Pick<Config, 'vendors' | 'videoPollMs' | 'prices' | 'sandboxLatencyScale'>;
type Limits = Omit<ModelInfo, 'vendor' | 'model' | 'sandbox' | 'price' | 'maxInFlight' | 'typicalSeconds'>;

/** Seconds from a call to its result: what vendors usually take, and what the sandbox is told to. */
const typical: Record<Ability, { vendor: number; sandbox: number }> = {
  text: { vendor: 20, sandbox: chatSeconds },
  image: { vendor: 25, sandbox: imageSeconds },
  video: { vendor: 120, sandbox: videoSeconds },
};

const nothing = { vision: false, sizes: [], seconds: [], maxReferences: 0 };
/** Pictures a person can give with an idea. */
const picturesShown = 8;

/** The models as their clients describe them; nobody is called, so this works in processes without vendors. */
export function describeModels(config: Settings): Models {
  const { text, image, video } = createProviders(config, 'http://sandbox.invalid');
  const describe = ({ vendor, model }: { vendor: VendorName; model: string }, limits: Limits): ModelInfo => {
    const { sandbox, maxInFlight } = config.vendors[vendor];
    const { ability } = limits;
    const typicalSeconds = sandbox ? typical[ability].sandbox * config.sandboxLatencyScale : typical[ability].vendor;
    return { vendor, model, sandbox, maxInFlight, typicalSeconds, price: priceOf(config.prices, model), ...limits };
  };
  const { vision, maxOutputTokens, timeoutMs } = text.capabilities;
  const { sizes, maxReferences, timeoutMs: imageMs } = image.capabilities;
  const { seconds, maxReferences: clipReferences, giveUpMs } = video.capabilities;
  return {
    text: describe(text, {
      ...nothing,
      maxOutputTokens,
      ...{ ability: 'text', vision, maxReferences: vision ? picturesShown : 0, timeoutSeconds: timeoutMs / 1000 },
    }),
    image: describe(image, {
      ...nothing,
      ...{ ability: 'image', sizes: Object.values(sizes), maxReferences, timeoutSeconds: imageMs / 1000 },
    }),
    video: describe(video, {
      ...nothing,
      ...{ ability: 'video', seconds, maxReferences: clipReferences, timeoutSeconds: giveUpMs / 1000 },
    }),
  };
}
