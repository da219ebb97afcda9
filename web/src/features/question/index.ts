export { clickedFilter } from './drill/clicked';
export { cardAddress, useCardDrill } from './drill/from-dashcard';
export type { Applied as AppliedFilter } from './drill/parameters';
export { NewQuestionPage, QuestionPage } from './pages';
