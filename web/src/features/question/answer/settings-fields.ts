// What can be set for each kind of chart, as a table: the panel is drawn from it. Keys are Metabase's.
import { msg } from '../../../shared/i18n';

export interface SettingField {
  key: string;
  label: string;
  kind: 'column' | 'columns' | 'number' | 'text' | 'switch' | 'choice';
  tab: 'data' | 'display' | 'axes';
  /** What is so when nothing is stored. */
  otherwise?: boolean | string;
  choices?: { id: string; label: string }[];
  takes?: 'group' | 'measure' | 'place';
  displays: string[];
}

const xy = ['line', 'area', 'bar', 'combo', 'row', 'scatter', 'waterfall', 'boxplot'];
const lines = ['line', 'area', 'bar', 'combo'];

export const settingFields: SettingField[] = [
  { key: 'graph.dimensions', label: msg('Grouped by'), kind: 'columns', takes: 'group', tab: 'data', displays: xy },
  { key: 'graph.metrics', label: msg('Figures'), kind: 'columns', takes: 'measure', tab: 'data', displays: xy },
  { key: 'pie.dimension', label: msg('Grouped by'), kind: 'column', takes: 'group', tab: 'data', displays: ['pie'] },
  { key: 'pie.metric', label: msg('Figure'), kind: 'column', takes: 'measure', tab: 'data', displays: ['pie'] },
  { key: 'funnel.dimension', label: msg('Steps'), kind: 'column', takes: 'group', tab: 'data', displays: ['funnel'] },
  { key: 'funnel.metric', label: msg('Figure'), kind: 'column', takes: 'measure', tab: 'data', displays: ['funnel'] },
  { key: 'scalar.field', label: msg('Figure'), kind: 'column', takes: 'measure', tab: 'data', displays: ['scalar', 'smartscalar'] },
  { key: 'scatter.bubble', label: msg('Size of the points'), kind: 'column', takes: 'measure', tab: 'data', displays: ['scatter'] },
  { key: 'sankey.source', label: msg('From'), kind: 'column', takes: 'group', tab: 'data', displays: ['sankey'] },
  { key: 'sankey.target', label: msg('To'), kind: 'column', takes: 'group', tab: 'data', displays: ['sankey'] },
  { key: 'sankey.value', label: msg('Figure'), kind: 'column', takes: 'measure', tab: 'data', displays: ['sankey'] },
  { key: 'treemap.dimension', label: msg('Grouped by'), kind: 'column', takes: 'group', tab: 'data', displays: ['treemap'] },
  { key: 'treemap.metric', label: msg('Figure'), kind: 'column', takes: 'measure', tab: 'data', displays: ['treemap'] },
  {
    key: 'map.type',
    label: msg('Kind of map'),
    kind: 'choice',
    tab: 'data',
    choices: [
      { id: '', label: msg('As the columns suggest') },
      { id: 'region', label: msg('Regions in colours') },
      { id: 'pin', label: msg('Pins') },
    ],
    displays: ['map'],
  },
  {
    key: 'map.region',
    label: msg('Map'),
    kind: 'choice',
    tab: 'data',
    choices: [
      { id: '', label: msg('As the columns suggest') },
      { id: 'world_countries', label: msg('Countries of the world') },
      { id: 'fr_regions', label: msg('Regions of France') },
      { id: 'fr_departments', label: msg('Departments of France') },
      { id: 'us_states', label: msg('States of the United States') },
    ],
    displays: ['map'],
  },
  { key: 'map.dimension', label: msg('Region, by name or code'), kind: 'column', takes: 'group', tab: 'data', displays: ['map'] },
  { key: 'map.metric', label: msg('Figure'), kind: 'column', takes: 'measure', tab: 'data', displays: ['map'] },
  { key: 'map.latitude_column', label: msg('Latitude'), kind: 'column', takes: 'place', tab: 'data', displays: ['map'] },
  { key: 'map.longitude_column', label: msg('Longitude'), kind: 'column', takes: 'place', tab: 'data', displays: ['map'] },
  { key: 'map.metric_column', label: msg('Size of the points'), kind: 'column', takes: 'measure', tab: 'data', displays: ['map'] },
  {
    key: 'map.pin_type',
    label: msg('Pins that are close to each other'),
    kind: 'choice',
    tab: 'display',
    choices: [
      { id: '', label: msg('Counted together') },
      { id: 'markers', label: msg('Each by itself') },
    ],
    displays: ['map'],
  },
  { key: 'progress.goal', label: msg('Goal'), kind: 'number', tab: 'data', displays: ['progress'] },
  {
    key: 'stackable.stack_type',
    label: msg('Stacking'),
    kind: 'choice',
    tab: 'display',
    choices: [
      { id: '', label: msg('Side by side') },
      { id: 'stacked', label: msg('On top of each other') },
      { id: 'normalized', label: msg('As shares of 100 %') },
    ],
    displays: ['area', 'bar', 'combo', 'row'],
  },
  { key: 'graph.show_values', label: msg('Show the values'), kind: 'switch', tab: 'display', displays: lines },
  { key: 'graph.show_trendline', label: msg('Show the trend'), kind: 'switch', tab: 'display', displays: lines },
  { key: 'graph.show_goal', label: msg('Show a goal'), kind: 'switch', tab: 'display', displays: [...lines, 'row'] },
  { key: 'graph.goal_value', label: msg('Goal'), kind: 'number', tab: 'display', displays: [...lines, 'row'] },
  { key: 'graph.goal_label', label: msg('Name of the goal'), kind: 'text', tab: 'display', displays: lines },
  { key: 'waterfall.show_total', label: msg('Show the total'), kind: 'switch', otherwise: true, tab: 'display', displays: ['waterfall'] },
  { key: 'pie.show_legend', label: msg('Show the legend'), kind: 'switch', otherwise: true, tab: 'display', displays: ['pie'] },
  { key: 'pie.show_total', label: msg('Show the total'), kind: 'switch', otherwise: true, tab: 'display', displays: ['pie'] },
  {
    key: 'pie.percent_visibility',
    label: msg('Percentages'),
    kind: 'choice',
    tab: 'display',
    otherwise: 'legend',
    choices: [
      { id: 'off', label: msg('None') },
      { id: 'legend', label: msg('In the legend') },
      { id: 'inside', label: msg('On the slices') },
      { id: 'both', label: msg('In both') },
    ],
    displays: ['pie'],
  },
  { key: 'pie.slice_threshold', label: msg('Smallest part, in %'), kind: 'number', tab: 'display', displays: ['pie'] },
  { key: 'scalar.switch_positive_negative', label: msg('Less is better'), kind: 'switch', tab: 'display', displays: ['smartscalar'] },
  { key: 'pivot.show_row_totals', label: msg('Show the totals'), kind: 'switch', otherwise: true, tab: 'display', displays: ['pivot'] },
  { key: 'graph.x_axis.title_text', label: msg('Title of the horizontal axis'), kind: 'text', tab: 'axes', displays: [...lines, 'scatter'] },
  { key: 'graph.y_axis.title_text', label: msg('Title of the vertical axis'), kind: 'text', tab: 'axes', displays: [...lines, 'scatter', 'waterfall'] },
  {
    key: 'graph.y_axis.scale',
    label: msg('Scale'),
    kind: 'choice',
    tab: 'axes',
    choices: [
      { id: '', label: msg('Linear') },
      { id: 'log', label: msg('Logarithmic') },
      { id: 'pow', label: msg('Square root') },
    ],
    displays: lines,
  },
  { key: 'graph.y_axis.auto_range', label: msg('Choose the range for me'), kind: 'switch', otherwise: true, tab: 'axes', displays: lines },
  { key: 'graph.y_axis.min', label: msg('From'), kind: 'number', tab: 'axes', displays: lines },
  { key: 'graph.y_axis.max', label: msg('To'), kind: 'number', tab: 'axes', displays: lines },
  { key: 'graph.y_axis.auto_split', label: msg('Two axes when figures differ much'), kind: 'switch', otherwise: true, tab: 'axes', displays: lines },
];
