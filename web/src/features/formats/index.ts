export { FormatExample, FormatList } from './format-list';
