import { listenSettings, requestSettings } from '../../config/settings.js';
import { defineCommand } from '../../contract/command.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';

export const config = defineCommand({
  name: 'config',
  examples: ['config', 'config --profile staging', 'config --url http://localhost:3000/webhooks/fin --json'],
  configure: command => {
    settingFlags(command.optionsGroup('Settings, as other commands take them:'), 'scheme', ...requestSettings);
    secretFlags(command);
    settingFlags(command.optionsGroup('Settings of listen:'), ...listenSettings);
  },
  load: () => import('./run.js'),
});
