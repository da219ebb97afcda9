export { behaviorOf, type ClickAct, clickAct, type ClickBehavior, type ClickFilter, type ClickMapping, filterValue, hasClick } from './click';
export { type Layer, overlay } from './overlay';
export { tabId, Tabs } from './tabs';
export { type CardDefinition, type Dashcard, type DashboardTab, descriptionOf, hasQuestion, settingsOf, titleOf } from './types';
