import type { SchemeDefinition } from '../definition.js';
import { convoy } from './convoy.js';
import { fin } from './fin.js';
import { github } from './github.js';
import { paddle } from './paddle.js';
import { razorpay } from './razorpay.js';
import { sanity } from './sanity.js';
import { shopify } from './shopify.js';
import { slack } from './slack.js';
import { standardWebhooks } from './standard-webhooks.js';
import { stripe } from './stripe.js';
import { svix } from './svix.js';
import { zoom } from './zoom.js';

/** The schemes that ship with the program, by name. They are plain data, so flags can list them at no cost. */
export const presets = {
  fin,
  'standard-webhooks': standardWebhooks,
  svix,
  stripe,
  github,
  slack,
  shopify,
  paddle,
  zoom,
  razorpay,
  sanity,
  convoy,
} as const satisfies Readonly<Record<string, SchemeDefinition>>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as readonly PresetName[];

export const isPresetName = (name: string): name is PresetName => Object.hasOwn(presets, name);

export const defaultPresetName: PresetName = 'fin';

export const defaultPreset: SchemeDefinition = presets[defaultPresetName];
