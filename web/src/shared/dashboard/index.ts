export { type Layer, overlay } from './overlay';
export { tabId, Tabs } from './tabs';
export { type CardDefinition, type Dashcard, type DashboardTab, descriptionOf, hasQuestion, settingsOf, titleOf } from './types';
