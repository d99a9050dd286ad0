import { listenSettings, requestSettings } from '../../config/settings.js';
import { defineCommand } from '../../contract/command.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';

export const config = defineCommand({
  name: 'config',
  examples: [
    { purpose: 'Show all settings', line: 'config' },
    { purpose: 'Show the settings of a profile', line: 'config --profile staging' },
    { purpose: 'Try a flag, and print JSON', line: 'config --url http://localhost:3000/webhooks/fin --json' },
  ],
  configure: command => {
    settingFlags(command.optionsGroup('Settings for requests:'), ...requestSettings, 'scheme');
    secretFlags(command);
    settingFlags(command.optionsGroup('Settings for listen:'), ...listenSettings);
  },
  load: () => import('./run.js'),
});
