const states = /^(08...|53...|57P0.|57014|25P03|40001|40P01)$/;

const networkCodes =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|ERR_STREAM_DESTROYED|ERR_STREAM_WRITE_AFTER_END)$/;

/** How pg says, without a code, that a connection was lost under a query or could not be had; Knex puts the statement before it. */
const words =
  /(^| - )(Connection terminated|Connection ended|Client has encountered a connection error|Client was closed|Unable to acquire a connection|Transaction query already complete|aborted$|timeout expired|Query read timeout|the database has fallen silent)/;

/** Whether an error says that the database is not there for now, so that the same may work a little later. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'KnexTimeoutError') return true;
  const code = codeOf(error);
  return code ? states.test(code) || networkCodes.test(code) : words.test(error.message);
}

/** The same where the error may come from anywhere: what a network says is the database's only with a statement before it. */
export function isSurelyDatabaseAway(error: unknown): boolean {
  if (!isDatabaseAway(error) || !(error instanceof Error)) return false;
  return !networkCodes.test(codeOf(error)) || statementBefore.test(error.message);
}

const statementBefore = / - (connect|getaddrinfo|read|write|This socket|Cannot call write)\b/;

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');
