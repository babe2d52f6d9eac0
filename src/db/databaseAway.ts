const codes =
  /^(08...|53...|57P0.|57014|25P03|40001|40P01|ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|ERR_STREAM_DESTROYED|ERR_STREAM_WRITE_AFTER_END)$/;

/** How pg says, without a code, that a connection was lost under a query or could not be had; Knex puts the statement before it. */
const words =
  /(^| - )(Connection terminated|Connection ended|Client has encountered a connection error|Client was closed|Unable to acquire a connection|Transaction query already complete|aborted$|timeout expired|Query read timeout|the database has fallen silent)/;

/** Whether an error says that the database is not there for now, so that the same may work a little later. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'KnexTimeoutError') return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code ? codes.test(code) : words.test(error.message);
}
