/** A promise of what was asked for, which can also tell how it was answered. */
export interface Reply<T> extends Promise<T> {
  /** With the status, the headers and the id of the request; the body of `response` has been read. */
  withResponse(): Promise<{ data: T; response: Response; requestId: string | undefined }>;
}

export interface Answer<T> {
  data: T;
  response: Response;
}

export function replyOf<T>(answer: Promise<Answer<T>>): Reply<T> {
  const data = answer.then((given) => given.data);
  return Object.assign(data, {
    withResponse: () =>
      data.then(async (value) => {
        const { response } = await answer;
        return { data: value, response, requestId: response.headers.get('x-request-id') ?? undefined };
      }),
  });
}
