using FsCheck;
using FsCheck.Fluent;
using Mtl.Core;
using Mtl.Tracking.Search;

namespace Mtl.Tracking.Tests.Search;

/// <summary>Whatever a client sends as filter or order is read or refused; nothing throws.</summary>
public sealed class SearchFuzzTests
{
    private static readonly SearchSubject[] Subjects =
        [SearchSubject.Runs, SearchSubject.Experiments, SearchSubject.RegisteredModels, SearchSubject.ModelVersions, SearchSubject.LoggedModels];

    [Fact]
    public void Ten_thousand_random_filters_are_read_or_refused()
    {
        var read = 0;
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(10_000), Prop.ForAll(RandomFilters.Filters.ToArbitrary(), filter =>
        {
            foreach (var subject in Subjects)
            {
                var parsed = SearchParser.Filter(filter, subject);
                read += parsed.IsSuccess ? 1 : 0;
                (parsed.IsSuccess || parsed.Error.Kind == ErrorKind.Invalid).ShouldBeTrue();
            }
        }));
        read.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Ten_thousand_random_orders_are_read_or_refused()
    {
        var read = 0;
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(10_000), Prop.ForAll(RandomFilters.Orders.ToArbitrary(), order =>
        {
            foreach (var subject in Subjects)
            {
                var parsed = SearchParser.Order([order], subject);
                read += parsed.IsSuccess ? 1 : 0;
                (parsed.IsSuccess || parsed.Error.Kind == ErrorKind.Invalid).ShouldBeTrue();
            }
        }));
        read.ShouldBeGreaterThan(1000);
    }
}
