export { Chart, type ChartProps } from './chart';
export { draw, legendOf } from './draw';
export { chooseDisplay, kindOf, kinds, type Kind } from './kinds';
export { prepareMap } from './maps';
export { pictureFile } from './picture-file';
export { inkAt, inkCount } from './ask';
export { chosenColumns, seriesOf } from './series';
