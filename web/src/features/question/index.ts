export { NewQuestionPage, QuestionPage } from './question-page';
