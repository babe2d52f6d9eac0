import type { Request, Response } from 'express';
import multer from 'multer';
import type { UploadedFile } from '../contract/operation.ts';
import { errors, fault } from '../errors.ts';
import { cleanName } from '../operations/cleanName.ts';
import { multipartOverheadBytes, uploadLimit } from './limits.ts';

const mostBytes = uploadLimit.bytes + multipartOverheadBytes;
const takenTypes = new Set(['image/jpeg', 'image/jpg', 'image/png', 'image/webp', 'application/octet-stream']);

/** One file of a multipart form, stored in `dir`. Whatever is more than allowed is not read to its end. */
export async function receiveFile(req: Request, res: Response, dir: string): Promise<UploadedFile> {
  if (Number(req.headers['content-length'] ?? 0) > mostBytes) throw errors.tooLarge(uploadLimit.text);
  const { file } = await read(req, res, dir);
  if (!file) throw errors.invalid([fault('/body/file', 'required')]);
  if (file.size > uploadLimit.bytes) throw errors.tooLarge(uploadLimit.text);
  if (!takenTypes.has(file.mimetype.toLowerCase())) throw errors.unsupportedMediaType(file.mimetype.slice(0, 100));
  return {
    path: file.path,
    filename: cleanName(file.originalname),
    mimeType: file.mimetype,
    sizeBytes: file.size,
  };
}

/**
 * Runs multer over the request. Its own limit lies above ours, because it reads a refused request to the end before it says so:
 * the count here stops reading at once.
 */
function read(req: Request, res: Response, dir: string): Promise<{ file: Express.Multer.File | undefined }> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    const stop = () => {
      req.removeAllListeners('data').removeAllListeners('readable').unpipe();
      req.pause();
      reject(errors.tooLarge(uploadLimit.text));
    };
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) stop();
    };
    const parse = multer({
      storage: multer.diskStorage({ destination: (_req, _file, use) => use(null, dir) }),
      limits: {
        fileSize: mostBytes * 2,
        files: 1,
        fields: 0,
        parts: 1,
        fieldNameSize: 100,
        fieldSize: 1024,
        headerPairs: 20,
      },
      defParamCharset: 'utf8',
    }).single('file');
    parse(req, res, (error: unknown) => {
      if (error) reject(multipartFault(error));
      else resolve({ file: req.file });
    });
    req.on('data', count);
    // A client that has gone before multer began to listen is no news to multer.
    const gone = () => {
      if (!req.complete) reject(errors.invalid([fault('/body', 'incomplete')]));
    };
    if (req.destroyed) gone();
    else req.once('close', gone);
  });
}

/** Busboy's own complaints about a broken form are plain errors. */
function multipartFault(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'MulterError' || 'code' in error) return error;
  return errors.invalid([fault('/body', 'not_multipart')]);
}
