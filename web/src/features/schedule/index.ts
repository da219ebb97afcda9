export { scheduleOf } from './schedule';
export { CronFields } from './schedule-fields';
export { speakSchedule } from './words';
