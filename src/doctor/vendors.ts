import type { Config } from '../config.ts';
import type { VendorName } from '../providers/abilities.ts';
import { reachVendor } from '../providers/reach.ts';
import { type Finding, finding, same } from './finding.ts';

const names: VendorName[] = ['glm', 'gemini', 'tuzi'];

/** Each vendor with a key of its own: is it there, and does it take the key? Nothing is bought. */
export const checkVendors = (config: Pick<Config, 'vendors' | 'production'>): Promise<Finding[]> =>
  Promise.all(names.map((name) => checkVendor(name, config)));

async function checkVendor(name: VendorName, config: Pick<Config, 'vendors' | 'production'>): Promise<Finding> {
  const setting = `${name.toUpperCase()}_API_KEY`;
  if (config.vendors[name].sandbox) {
    const text = { en: 'the sandbox stands in', zh: '由沙箱代替' };
    if (!config.production) return finding(name, 'ok', text);
    return finding(name, 'warn', text, { en: `Set ${setting} for real films.`, zh: `请设置 ${setting}。` });
  }
  const { model, baseUrl } = config.vendors[name];
  const reach = await reachVendor(name, config);
  switch (reach.state) {
    case 'accepted':
      if (reach.hasModel)
        return finding(name, 'ok', { en: `takes the key, has ${model}`, zh: `密钥有效，提供 ${model}` });
      return finding(
        name,
        'warn',
        { en: `takes the key, does not list ${model}`, zh: `密钥有效，但模型列表中没有 ${model}` },
        { en: 'Look whether the name of the model is right.', zh: '请检查模型名称。' },
      );
    case 'refused':
      return finding(
        name,
        'bad',
        { en: `refuses the key (${reach.status})`, zh: `拒绝该密钥（${reach.status}）` },
        {
          en: `Look at ${setting}.`,
          zh: `请检查 ${setting}。`,
        },
      );
    case 'unclear':
      return finding(
        name,
        'warn',
        {
          en: `is there, and answers ${reach.status} to a free question`,
          zh: `可以访问，但对免费查询返回 ${reach.status}`,
        },
        { en: 'Whether the key is good shows with the first call.', zh: '密钥是否有效需待首次调用。' },
      );
    case 'unreachable':
      return finding(name, 'bad', same(`${baseUrl}: ${reach.reason}`), {
        en: 'Look at the base URL, DNS and the way out of this network.',
        zh: '请检查地址、DNS 与出站网络。',
      });
  }
}
