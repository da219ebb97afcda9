export { FilterBar, FilterWidget } from './filter-bar';
export { speakFilterValue } from './speak';
export { asList, type Choices, cleared, type FilterParameter, type FilterValues, isNothing, isSent, type LoadChoices, sentValue, takesList, valuesAtStart, valuesFromAddress, valuesToAddress } from './types';
export { knownPeriods, readSpan, type Length, type Span, spanUnits, speakSpan, writeSpan } from './span';
