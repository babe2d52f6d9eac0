import type { Language } from '../errors.ts';

const synopsisEn = `Usage: npm run film -- "<prompt>" [--scenes N] [--characters N] [--seconds 5|10|15] [--aspect 16:9|9:16|1:1]
         [--language zh|en] [--style WORDS] [--image FILE...] [--out FILE.mp4] [--force] [--url URL]
       npm run film -- --resume TASK [--decide retry|accept_loss] [--out FILE.mp4] [--force] [--url URL]
       npm run film -- --help`;

const synopsisZh = synopsisEn.replace('Usage: ', '用法： ').replace('<prompt>', '<提示词>');

const en = `A prompt in, an anime short film out.

Usage: npm run film -- "<prompt>" [options]
       npm run film -- - < prompt.txt        the prompt from standard input
       npm run film -- --resume TASK         go on with a film that failed, was cancelled or is still being made

Options
  --scenes N          scenes, 1 to 30 (7)
  --characters N      characters, 0 to 8 (2)
  --seconds 5|10|15   length of each scene (10)
  --aspect RATIO      16:9, 9:16 or 1:1 (16:9)
  --language zh|en    language of the narration (zh)
  --style WORDS       the look, for example "watercolour"
  --image FILE...     reference pictures, at most 8 (JPEG, PNG or WebP, 20 MiB each)
  --out FILE.mp4      where to put the film; the default is its title, here. The .srt and .vtt go beside it
  --force             let --out replace a file that exists
  --url URL           the service to use; the default is the one at PORT, and where none answers, one is started
  --decide CHOICE     with --resume, for a paid call whose answer was lost: retry (may cost twice) or accept_loss
  --help              this text

Ctrl-C cancels the film. Exit codes: 0 made, 1 failed, 2 wrong arguments, 78 wrong set-up, 130 cancelled.
Settings (PORT, DATA_DIR, API keys) are environment variables; see .env.example.
`;

const zh = `输入一个想法，得到一部动漫短片。

用法：npm run film -- "<提示词>" [选项]
      npm run film -- - < prompt.txt        从标准输入读取提示词
      npm run film -- --resume TASK         继续失败、已取消或仍在制作的影片

选项
  --scenes N          场景数，1 到 30（7）
  --characters N      角色数，0 到 8（2）
  --seconds 5|10|15   每个场景的秒数（10）
  --aspect RATIO      16:9、9:16 或 1:1（16:9）
  --language zh|en    旁白语言（zh）
  --style WORDS       画风，例如“水彩”
  --image FILE...     参考图，最多 8 张（JPEG、PNG 或 WebP，每张不超过 20 MiB）
  --out FILE.mp4      影片保存位置；默认以片名存于当前目录，.srt 与 .vtt 放在旁边
  --force             允许 --out 覆盖已有文件
  --url URL           使用的服务；默认为 PORT 上的服务，没有应答时自动启动一个
  --decide CHOICE     与 --resume 同用，处理结果丢失的付费调用：retry（可能重复计费）或 accept_loss
  --help              显示本说明

按 Ctrl-C 取消制作。退出码：0 完成，1 失败，2 参数错误，78 设置错误，130 已取消。
设置（PORT、DATA_DIR、API 密钥）为环境变量，见 .env.example。
`;

/** How to call it, in a few lines. */
export const synopsis: Readonly<Record<Language, string>> = { en: synopsisEn, zh: synopsisZh };

/** All there is to know. */
export const usage: Readonly<Record<Language, string>> = { en, zh };
