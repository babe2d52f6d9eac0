import type { Response } from 'express';
import type { OperationId } from '../contract/operation.ts';

/** Says what is wrong with an answer by the contract; undefined for one that is right. */
export type AnswerCheck = (operationId: OperationId, status: number, body: unknown) => string | undefined;

/** From now on `res.json` hands an answer that the contract does not have to `refuse` instead of sending it. */
export function watchAnswer(
  check: AnswerCheck,
  operationId: OperationId,
  res: Response,
  refuse: (error: Error) => void,
): void {
  const send = res.json.bind(res);
  res.json = (body: unknown) => {
    res.json = send;
    const fault = check(operationId, res.statusCode, body);
    if (fault === undefined) return send(body);
    refuse(new Error(`${operationId} answered ${res.statusCode}: ${fault}`));
    return res;
  };
}
