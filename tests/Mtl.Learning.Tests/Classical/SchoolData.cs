using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Reading;
using Mtl.Data.Tables;
using Mtl.Learning.Classical.Linear;
using Mtl.Testing.Data;

namespace Mtl.Learning.Tests.Classical;

/// <summary>The School data as 139 regression tasks with rows of their own, a split's features standardised by its training rows, and what is measured on it.</summary>
internal sealed class SchoolData
{
    private readonly double[][] rows;
    private readonly double[] scores;
    private readonly int[][] schools;

    private SchoolData(double[][] rows, double[] scores, int[][] schools) => (this.rows, this.scores, this.schools) = (rows, scores, schools);

    public int Tasks => schools.Length;

    public static SchoolData Read()
    {
        var path = SharedData.Find("school.csv");
        Assert.SkipWhen(path is null, SharedData.Absent("school.csv"));
        var table = TableReader.Read(path!).Value;
        NumericColumn[] inputs = [.. table.Columns.Where(column => column.Name is not ("school" or "exam_score")).Cast<NumericColumn>()];
        var scores = ((NumericColumn)table["exam_score"]).Values;
        return new SchoolData(
            [.. Enumerable.Range(0, table.RowCount).Select(row => (double[])[.. inputs.Select(column => (double)column.Values[row]), 1])],
            Array.ConvertAll(scores, score => (double)score),
            [.. Enumerable.Range(0, table.RowCount).GroupBy(row => table["school"].TextAt(row)).Select(group => group.ToArray())]);
    }

    /// <summary>Splits every school's rows at random, and standardises the features by the training rows of all schools.</summary>
    public SchoolSplit Split(double share, ulong seed)
    {
        var random = new CounterRandom(seed, "school");
        var sides = schools.Select((own, school) =>
        {
            var order = random.Fork((ulong)school).Permutation(own.Length).Select(place => own[place]).ToArray();
            var cut = Math.Max(1, (int)Math.Round(share * own.Length));
            return (Train: order[..cut], Test: order[cut..]);
        }).ToArray();
        return new SchoolSplit(Standardised([.. sides.SelectMany(side => side.Train)]), [.. sides.Select(side => side.Train)], [.. sides.Select(side => side.Test)]);
    }

    private SchoolData Standardised(int[] train)
    {
        var units = Enumerable.Range(0, rows[0].Length - 1).Select(j =>
        {
            var mean = train.Average(row => rows[row][j]);
            return (Mean: mean, Deviation: Math.Max(Math.Sqrt(train.Average(row => Math.Pow(rows[row][j] - mean, 2))), 1e-9));
        }).ToArray();
        return new SchoolData(Array.ConvertAll(rows, row => (double[])[.. units.Select((unit, j) => (row[j] - unit.Mean) / unit.Deviation), 1]), scores, schools);
    }

    /// <summary>Rows as a solver takes them, labels less <paramref name="mean"/>.</summary>
    public TaskRows RowsOf(int[] own, double mean) => new(
        TaskKind.Regression,
        1,
        new DesignMatrix([.. own.SelectMany(row => rows[row])], own.Length, rows[0].Length),
        [.. own.Select(row => scores[row] - mean)]);

    public double MeanOf(int[][] sides) => sides.SelectMany(side => side).Average(row => scores[row]);

    /// <summary>1 − Σ(y − ŷ)²/Σ(y − ȳ)² over all rows of all schools.</summary>
    public double RSquared(int[][] sides, double[] coefficients, double mean, bool isPooled = false)
    {
        var truth = sides.SelectMany(side => side).Select(row => scores[row]).ToArray();
        var average = truth.Average();
        return 1 - SquaredError(sides, coefficients, mean, isPooled) / truth.Sum(score => (score - average) * (score - average));
    }

    public double SquaredError(int[][] sides, double[] coefficients, double mean, bool isPooled = false)
    {
        var (stride, sum) = (rows[0].Length + 1, 0.0);
        for (var school = 0; school < sides.Length; school++)
        {
            var w = coefficients.AsSpan(isPooled ? 0 : school * stride, stride);
            foreach (var row in sides[school])
            {
                var predicted = mean + w[^1];
                for (var j = 0; j < stride - 1; j++)
                    predicted += w[j] * rows[row][j];
                sum += (scores[row] - predicted) * (scores[row] - predicted);
            }
        }

        return sum;
    }
}

/// <summary>Training and test rows by school.</summary>
internal sealed record SchoolSplit(SchoolData Data, int[][] Train, int[][] Test)
{
    private const int Folds = 3;

    /// <summary>Chooses the strength by cross-validation on the training rows alone, fits all of them with it, and gives R² of the test rows.</summary>
    public double Measure(LinearMethod method)
    {
        var stages = method.Options.Path;
        var errors = new double[stages];
        for (var fold = 0; fold < Folds; fold++)
        {
            int[][] kept = [.. Train.Select(own => own.Where((_, place) => own.Length < Folds || place % Folds != fold).ToArray())];
            int[][] held = [.. Train.Select(own => own.Where((_, place) => own.Length >= Folds && place % Folds == fold).ToArray())];
            var (fit, mean) = Begin(method, kept);
            for (var stage = 0; stage < stages; stage++)
            {
                fit.Solve(method.Options.Scale(stage));
                errors[stage] += Data.SquaredError(held, fit.Coefficients(), mean, method.IsPooled);
            }
        }

        var (final, centre) = Begin(method, Train);
        final.Solve(method.Options.Scale(Array.IndexOf(errors, errors.Min())));
        return Data.RSquared(Test, final.Coefficients(), centre, method.IsPooled);
    }

    private (LinearFit Fit, double Mean) Begin(LinearMethod method, int[][] sides)
    {
        var mean = Data.MeanOf(sides);
        return (new LinearFit(LinearProblem.Of([.. sides.Select(own => Data.RowsOf(own, mean))], method.IsPooled, isFree: false), method), mean);
    }
}
