import { isDatabaseAway } from '../db/databaseAway.ts';
import { AppError, errors, fault } from '../errors.ts';
import { isStorageAway } from '../storage/storageAway.ts';
import { bodyLimit, uploadLimit } from './limits.ts';
import { type Finding, readFindings } from './validatorFaults.ts';

/** What Express, its parsers, the validator, multer and the database throw, as far as it is looked at. */
interface Thrown {
  name?: string;
  code?: unknown;
  type?: unknown;
  status?: unknown;
  field?: unknown;
  headers?: Record<string, string>;
  errors?: Finding[];
}

/** Any failure as one of the catalogue; what is not known there is ours, and told to nobody but the log. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (typeof error !== 'object' || error === null) return errors.internal(error);
  const thrown: Thrown = error;
  if (error instanceof URIError) return errors.invalid([fault('/path', 'not_percent_encoding')]);
  return (
    ofParser(thrown) ?? ofMulter(thrown) ?? ofDependency(thrown, error) ?? ofValidator(thrown) ?? errors.internal(error)
  );
}

function ofParser({ type }: Thrown): AppError | undefined {
  switch (type) {
    case 'body.not.utf8':
      return errors.notUtf8();
    case 'entity.parse.failed':
      return errors.malformedJson();
    case 'entity.too.large':
    case 'parameters.too.many':
      return errors.tooLarge(bodyLimit.text);
    case 'charset.unsupported':
      return errors.unsupportedMediaType(String(type).split('.')[0] ?? '');
    case 'request.aborted':
    case 'request.size.invalid':
    case 'querystring.parse.rangeError':
      return errors.invalid([fault('/body', 'incomplete')]);
    default:
      return undefined;
  }
}

function ofMulter({ name, code, field }: Thrown): AppError | undefined {
  if (name !== 'MulterError') return undefined;
  if (code === 'LIMIT_FILE_SIZE') return errors.tooLarge(uploadLimit.text);
  const place = typeof field === 'string' && field !== '' ? `/body/${field}` : '/body';
  return errors.invalid([fault(place, 'not_the_one_file')]);
}

const unstorableText = new Set(['22021', '22P05']);

function ofDependency({ code }: Thrown, cause: object): AppError | undefined {
  if (typeof code === 'string' && unstorableText.has(code)) return errors.invalid();
  return isDatabaseAway(cause) || isStorageAway(cause)
    ? new AppError(6001, 503, 'unavailable', {}, { ...retrySoon, cause })
    : undefined;
}

const retrySoon = { headers: { 'retry-after': '2' } };

function ofValidator({ status, errors: found, headers }: Thrown): AppError | undefined {
  switch (status) {
    case 400:
      return errors.invalid(readFindings(found ?? []));
    case 401:
      return errors.unauthenticated();
    case 404:
      return errors.noRoute();
    case 405:
      return errors.methodNotAllowed('', headers?.Allow ?? '');
    case 413:
      return errors.tooLarge(bodyLimit.text);
    case 415:
      return errors.unsupportedMediaType('');
    default:
      return undefined;
  }
}
