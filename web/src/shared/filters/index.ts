export { FilterBar, FilterWidget } from './filter-bar';
export { speakFilterValue } from './speak';
export { asList, type Choices, type FilterParameter, type FilterValues, isNothing, type LoadChoices, takesList, valuesFromAddress, valuesToAddress } from './types';
export { knownPeriods, readSpan, type Length, type Span, spanUnits, speakSpan, writeSpan } from './span';
