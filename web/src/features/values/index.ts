export { plainSource, sourceKind, takesSource, type ValueSource, withSource } from './source';
export { ValueSourceFields } from './value-source-fields';
