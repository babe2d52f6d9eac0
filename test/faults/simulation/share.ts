import { runSchedules } from './campaign.ts';

const [from = '0', to = '0'] = process.argv.slice(2);
process.send?.(runSchedules(Number(from), Number(to)), () => process.exit(0));
