/** What finished tasks keep: media ids, which readers get as signed addresses. */
export interface ScreenplayResult {
  screenplayId: string;
}

export interface MediaResult {
  mediaId: string;
}

export interface FilmResult {
  screenplayId: string;
  mediaId: string;
  durationSeconds: number;
  posterMediaId: string;
  subtitleMediaIds: { srt: string; vtt: string };
  usage: { calls: { screenplay: number; image: number; video: number }; costMicros: number };
}

export interface ResultOf {
  screenplay: ScreenplayResult;
  image: MediaResult;
  video: MediaResult;
  film: FilmResult;
}
