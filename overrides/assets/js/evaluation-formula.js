/*
 * The published formula of the self-evaluation, the same as hooks/atlaas/diagnosis/evaluation.py: whole
 * numbers only. Both run the cases of tests/shared/evaluation.json.
 */
(() => {
  "use strict";
  const halfUp = (numerator, denominator) =>
    Math.floor((2 * numerator + denominator) / (2 * denominator));

  const level = (grid, scores, whole, answered, asked) => {
    if (whole === null || 100 * answered < grid.answered * asked) return null;
    const least = Math.min(...scores);
    const reached = grid.steps
      .filter((step) => whole >= step.least && least >= step.least_each)
      .map((step) => step.level);
    return reached.length ? Math.max(...reached) : null;
  };

  const profile = (grid, classId, answers) => {
    const points = new Map(grid.answers.map((a) => [a.id, a.points ?? null]));
    const most = Math.max(...[...points.values()].filter((value) => value !== null));
    const sums = new Map();
    for (const statement of grid.statements) {
      const weight = statement.weights[classId] || 0;
      if (!weight) continue;
      if (!sums.has(statement.enjeu)) {
        sums.set(statement.enjeu, { gained: 0, weights: 0, answered: 0, asked: 0 });
      }
      const total = sums.get(statement.enjeu);
      total.asked += 1;
      const answer = answers[statement.id];
      if (!points.has(answer)) continue;
      total.answered += 1;
      const value = points.get(answer);
      if (value !== null) {
        total.gained += weight * value;
        total.weights += weight;
      }
    }
    const enjeux = [...sums].map(([enjeu, { gained, weights, answered, asked }]) => {
      const score = weights ? halfUp(100 * gained, most * weights) : null;
      const verdict = score === null ? ""
        : score >= grid.strength ? "force" : score < grid.lead ? "piste" : "";
      return { enjeu, score, answered, asked, verdict };
    });
    const scores = enjeux.map((e) => e.score).filter((score) => score !== null);
    const sum = (values) => values.reduce((a, b) => a + b, 0);
    const whole = scores.length ? halfUp(sum(scores), scores.length) : null;
    const answered = sum(enjeux.map((e) => e.answered));
    const asked = sum(enjeux.map((e) => e.asked));
    return { enjeux, score: whole, answered, asked, level: level(grid, scores, whole, answered, asked) };
  };

  globalThis.atlaasProfile = profile;
})();
