export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** jsonb forgets the order of keys; clients get the one of the contract. */
function inOrder(first: readonly string[], given: Json): Json {
  const known = first.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]);
  return { ...Object.fromEntries(known), ...given };
}

function progressData(data: Json): Json {
  const details = isObject(data.details) ? data.details : {};
  const ordered = inOrder(['stage', 'step', 'done', 'total', 'sceneUuid', 'message', 'needsReview'], details);
  return inOrder(['status', 'progress', 'details'], { ...data, details: ordered });
}

const conversationOrder = ['conversationId', 'turnId', 'messageId', 'offset', 'text', 'message', 'error'];

const messageOrder = ['id', 'conversationId', 'role', 'content', 'type', 'metadata', 'createdAt'];

function conversationData(data: Json): Json {
  const message = isObject(data.message) ? { message: inOrder(messageOrder, data.message) } : {};
  return inOrder(conversationOrder, { ...data, ...message });
}

/** The JSON text of an event, byte for byte what streams and sockets carry. */
export function toMessage(type: string, taskId: string | null, data: Json): string {
  const body = type === 'task.progress' ? progressData(data) : conversationData(data);
  return JSON.stringify(taskId === null ? { type, data: body } : { type, taskId, data: body });
}
