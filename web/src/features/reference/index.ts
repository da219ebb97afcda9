export { DatabasePage } from './database-page';
export { DatabasesPage } from './databases-page';
export { DictionaryPage } from './dictionary-page';
export { TablePage } from './table-page';
export { meaningChoices, meaningOf, typeInWords } from './field-words';
