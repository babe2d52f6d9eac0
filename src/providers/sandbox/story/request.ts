const requests = [
  /^(?:(?:please|could you|can you|would you|now|yes|ok(?:ay)?|let['’]?s|i(?:['’]d| would)? (?:want|like)(?: you)? to)[,:]?\s+)*(?:make|create|write|shoot|produce|generate|film|animate)\s+(?:me\s+|us\s+)?(?:(?:it|that|this)\s+(?:in)?to\s+)?(?:an?|the|this)?\s*(?:(?:short|new|little|anime|animated|[\w-]+)\s+){0,3}(?:films?|movies?|screenplays?|scripts?|animations?|videos?)(?:[\s,]+(?:now|please))*(?:\s*(?:about|of|from|on|out of|in which|where|called|with|:|,)\s*|\s*[.!]?\s*$)/i,
  /^(?:请|帮我|给我|麻烦|那就|好的?|，|,)*(?:拍|做|制作|生成|写|创作)(?:成|出)?(?:一)?(?:个|部|段)?(?:关于|讲述?)?(?:短片|电影|动画|影片|片子|剧本|视频)?(?:，|：|:|,)?(?:关于|讲述?的?是?)/,
];

/** The idea alone, without "please make a film about". */
export function withoutRequest(text: string): string {
  const whole = text.trim();
  const rest = requests.reduce((left, request) => left.replace(request, ''), whole);
  return rest === whole ? text : rest.charAt(0).toUpperCase() + rest.slice(1);
}
