export { ConnectionForm } from './connection-form';
export { connectableEngines } from './details';
export { wordsOf } from './words';
