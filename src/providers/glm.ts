import { z } from 'zod';
import type { ChatCall, ChatMessage, ChatRequest, TextProvider, VendorSettings } from './abilities.ts';
import { vendorStream } from './eventStream.ts';
import { vendorFetch } from './http.ts';
import { lookUp } from './lookUp.ts';
import { refused, unusable } from './vendorFailure.ts';
import { wordsOf } from './vendorWords.ts';

const timeoutMs = 60_000;
const maxBytes = 4 * 1024 * 1024;

const TextPart = z.object({ type: z.string().optional(), text: z.string().optional() });
const Completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.union([z.string(), z.array(TextPart)]).nullish() }),
      }),
    )
    .min(1),
});
type Completion = z.infer<typeof Completion>;

/** One piece of a streamed answer, or the whole where a gateway does not stream. */
const Piece = z.object({
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      delta: z.object({ content: z.string().nullish() }).nullish(),
      message: z.object({ content: z.string().nullish() }).nullish(),
    }),
  ),
});
type Piece = z.infer<typeof Piece>;

/** Models known to keep a JSON-mode promise: the text models of GLM-4 and later, not the ones that see. */
const speaksJson = (model: string) => /^glm-[4-9](\.\d+)?(?!\.?\d*v)(-|$)/i.test(model);

/** Text-only models by name; a bare `glm-4` takes pictures, as the design of this product has it. */
const sees = (model: string) => /\dv/i.test(model) || !/^glm-(4-|4\.|[5-9]|z)/i.test(model);

/** The first GLM-4 models stop at 1,024 tokens unless asked for more, and 4,095 is their most; later ones need no asking. */
const outputTokens = (model: string): number | undefined =>
  /^glm-4(-0520|-air|-airx|-flash|-plus)?$/i.test(model) ? 4095 : undefined;

function toMessage({ role, content, images = [] }: ChatMessage): object {
  if (images.length === 0) return { role, content };
  const pictures = images.map((url) => ({ type: 'image_url', image_url: { url } }));
  return { role, content: [{ type: 'text', text: content }, ...pictures] };
}

function toBody(model: string, { messages, temperature, json }: ChatRequest, stream: boolean): object {
  const most = outputTokens(model);
  return {
    model,
    messages: messages.map(toMessage),
    temperature,
    stream,
    ...(most !== undefined && { max_tokens: most }),
    ...(json && speaksJson(model) ? { response_format: { type: 'json_object' } } : {}),
  };
}

/** What ends for its content was written all the same, and is charged for by the token. */
function readCompletion(settings: VendorSettings, { choices }: Completion): { text: string; complete: boolean } {
  const [choice] = choices;
  const reason = choice?.finish_reason ?? 'stop';
  if (/^(sensitive|content_filter)$/.test(reason)) throw refused(settings, wordsOf({ code: reason }), 'yes');
  const content = choice?.message.content ?? '';
  const text = typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('');
  if (reason === 'length') return { text, complete: false };
  if (!text.trim()) throw unusable(settings, true, 'the answer is empty');
  return { text, complete: true };
}

/** Asks for the answer in pieces and puts it together again. */
async function completeStreaming(
  settings: VendorSettings,
  request: ChatRequest,
  { onText, ...call }: ChatCall,
): Promise<{ text: string; complete: boolean }> {
  const whole = { content: '', reason: undefined as string | undefined };
  const json = toBody(settings.model, request, true);
  const asked = { method: 'POST', json, call, timeoutMs, maxBytes, schema: Piece } as const;
  await vendorStream(settings, '/chat/completions', asked, ({ choices: [choice] }: Piece) => {
    const text = choice?.delta?.content ?? choice?.message?.content ?? '';
    whole.content += text;
    whole.reason = choice?.finish_reason ?? whole.reason;
    if (text) onText?.(text);
    return whole.reason !== undefined;
  });
  return readCompletion(settings, {
    choices: [{ finish_reason: whole.reason, message: { content: whole.content } }],
  });
}

/** Zhipu's chat completions (open.bigmodel.cn/dev/api), and whoever speaks the same. */
export function glm(settings: VendorSettings): TextProvider {
  return {
    vendor: settings.vendor,
    model: settings.model,
    capabilities: {
      jsonMode: speaksJson(settings.model) ? 'json_object' : 'none',
      vision: sees(settings.model),
      maxOutputTokens: outputTokens(settings.model),
      idempotency: settings.idempotency,
      timeoutMs,
    },
    async complete(request, call) {
      if (call.onText) return completeStreaming(settings, request, call);
      const json = toBody(settings.model, request, false);
      const asked = { method: 'POST', json, call, timeoutMs, maxBytes, schema: Completion } as const;
      return readCompletion(settings, await vendorFetch(settings, '/chat/completions', asked));
    },
    async lookup(key, signal) {
      const found = await lookUp(settings, key, { signal, timeoutMs, maxBytes, schema: Completion });
      return found && readCompletion(settings, found);
    },
  };
}
