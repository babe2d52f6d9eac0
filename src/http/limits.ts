/** How much of a request body is read at most. */
export const bodyLimit = { bytes: 256 * 1024, text: '256 KiB' } as const;
export const uploadLimit = { bytes: 20 * 1024 * 1024, text: '20 MiB' } as const;
/** Room for the boundaries and headers around an uploaded file. */
export const multipartOverheadBytes = 64 * 1024;
export const jsonDepth = 32;
export const jsonKeys = 1000;
