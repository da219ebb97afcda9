// The pages, apart from what other features use of questions: whoever shows an answer does not need the builder.
export { NewQuestionPage, QuestionPage } from './question-page';
