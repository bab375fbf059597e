using Touchstone.Statistics;

// How sure can one be of 98 right out of 100, and who fits whom best?
var interval = ProportionInterval.Wilson(98, 100);
Console.WriteLine($"98 of 100: {interval.Lower:P1} to {interval.Upper:P1}");
var columnOfRow = new int[2];
var total = Assignment.Maximise([0.9, 0.8, 0.7, 0.1], rows: 2, columns: 2, columnOfRow);
Console.WriteLine($"best pairs {string.Join(", ", columnOfRow)} together {total:F1}");
return interval.Lower is > 0.92 and < 0.94 && total is > 1.49 and < 1.51 ? 0 : 1;
