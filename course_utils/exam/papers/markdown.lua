-- Turns HTML fragments into Typst, many in one run: reads a JSON list of strings from standard
-- input and writes a JSON list of the same length. Each fragment is read on its own, so that
-- nothing in one of them can reach another. Mathematics comes as <span class="math">LaTeX</span>.

-- Typst sets the columns of `cases` without a gap, so that a condition could be taken for a part
-- of the value before it.
local function with_gaps(cases)
  return (cases:gsub('([^\\])&', '%1&\\quad '))
end

-- Pandoc's Typst for these spaces is no space, and one that goes back a whole letter.
local SPACES = { [';'] = '\\:', ['!'] = '' }

-- Bars around something are its size and not relations, beside which there would be gaps.
local function size(inside)
  local level = 0
  for bracket in inside:gmatch('[%(%){}%[%]]') do
    level = level + (bracket:match('[%({%[]') and 1 or -1)
    if level < 0 then
      return nil
    end
  end
  if level ~= 0 or inside:find('\\right') or inside:find('\\[bB]ig') then
    return nil
  end
  return '\\left|' .. inside .. '\\right|'
end

local function for_typst(latex)
  latex = latex:gsub('\\|', '\\Vert ')
  if not latex:find('\\begin{array}', 1, true) then
    latex = latex:gsub('|([^|]+)|', size)
  end
  latex = latex:gsub('\\begin{cases}.-\\end{cases}', with_gaps)
  return (latex:gsub('\\(.)', SPACES))
end

-- Pandoc writes the operators in a circle by names that typst has given up.
local function with_new_names(math)
  local typst = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ math }) }), 'typst')
  if typst:find('%.circle') then
    return pandoc.RawInline('typst', (typst:gsub('%.circle', '.o'):gsub('%s+$', '')))
  end
  return math
end

local function mathematics(span)
  if span.classes:includes('math') then
    local kind = span.classes:includes('display') and 'DisplayMath' or 'InlineMath'
    return with_new_names(pandoc.Math(kind, for_typst(pandoc.utils.stringify(span))))
  end
end

-- A run of underscores is a place to write: a cell of a table is one itself, and elsewhere the
-- number of underscores says how much is to be written.
local function blank(text)
  local run, rest = text.text:match('^(____+)([.,;:)]*)$')
  if run then
    return { pandoc.RawInline('typst', '#gap(' .. #run .. ')'), pandoc.Str(rest) }
  end
end

local function blank_cell(text)
  if text.text:match('^____+$') then
    return pandoc.RawInline('typst', '#blank')
  end
end

-- The first column holds headings; columns are as wide as they need to be.
local function columns(element)
  for i in ipairs(element.colspecs) do
    element.colspecs[i] = { i == 1 and 'AlignLeft' or 'AlignCenter', nil }
  end
  return element:walk { Str = blank_cell }
end

local MARKS = { ['☐'] = true, ['✓'] = true, ['✗'] = true }

local function mark_of(item)
  local first = item[1] and item[1].content and item[1].content[1]
  return first and first.t == 'Str' and MARKS[first.text] and first.text
end

-- A list whose items all begin with a box or a tick hangs on these and needs no bullets.
local function marked_list(list)
  local blocks = pandoc.List()
  for _, item in ipairs(list.content) do
    local mark = mark_of(item)
    if not mark then
      return nil
    end
    blocks:insert(pandoc.RawBlock('typst', '#marked("' .. mark .. '")['))
    blocks:extend(item)
    blocks:insert(pandoc.RawBlock('typst', ']'))
  end
  for _, item in ipairs(list.content) do
    item[1].content:remove(1)
  end
  return blocks
end

local CAPTIONED = { Table = true, CodeBlock = true }

-- What stands before a table or a listing is its caption and keeps to it.
local function captions(blocks)
  for i = #blocks - 1, 1, -1 do
    if blocks[i].t == 'Para' and CAPTIONED[blocks[i + 1].t] then
      blocks:insert(i, pandoc.RawBlock('typst', '#block(sticky: true)['))
      blocks:insert(i + 2, pandoc.RawBlock('typst', ']'))
    end
  end
  return blocks
end

local out = pandoc.List()
for _, fragment in ipairs(pandoc.json.decode(io.read('a'), false)) do
  local document = pandoc.read(fragment, 'html')
  document = document:walk { Span = mathematics, Table = columns }
  document = document:walk { Str = blank, BulletList = marked_list, Blocks = captions }
  out:insert(pandoc.write(document, 'typst'))
end
io.write(pandoc.json.encode(out))
