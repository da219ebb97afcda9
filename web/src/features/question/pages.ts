// The pages are downloaded apart from what other features use of questions: whoever shows an answer needs no builder.
import { later } from '../../ui';

const page = () => import('./question-page');

export const NewQuestionPage = later(async () => (await page()).NewQuestionPage);
export const QuestionPage = later(async () => (await page()).QuestionPage);
