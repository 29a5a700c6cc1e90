/**
 * The milliseconds before a round of a bench: `least` and some part of a frame, a new one each time (the fractions of the golden
 * ratio fill a frame evenly). Without it all keys of a run come at one and the same moment between two frames, if `least` is so
 * many whole ones, and a page that is lucky in it is so in every round.
 */
export const pause = (least, round) => least + ((round * 0.618034) % 1) * (1000 / 60);
