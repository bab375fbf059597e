using Touchstone.Quality.Categorical;

// Four items, three contributors, two labels; the third contributor mostly guesses.
int[] items = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3];
int[] contributors = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2];
int[] labels = [1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1];
var result = DawidSkene.Fit(new Votes(items, contributors, labels, itemCount: 4, contributorCount: 3, labelCount: 2));
Console.WriteLine($"log-likelihood {result.LogLikelihood:F3} after {result.Rounds} rounds, converged: {result.Converged}");
return result.Converged ? 0 : 1;
