import { openApiDocument } from '../../src/contract/document.ts';

interface Described {
  webhooks: Record<
    string,
    { post: { requestBody: { content: Record<string, { schema: { $ref: string }; example: unknown }> } } }
  >;
}

/** What each webhook of the contract sends: the pointer of its schema, and its example. */
export const allContentsOfWebhooks = (): { schema: string; example: unknown }[] =>
  Object.values((openApiDocument() as object as Described).webhooks).flatMap(({ post }) =>
    Object.values(post.requestBody.content).map(({ schema, example }) => ({ schema: schema.$ref, example })),
  );
